"""What words of a village project speak of, whatever the language: `miel` and `عسل` are one concept.

A small closed lexicon, ours, of the products, acts and people that ideas name; it is no translation. Words are written
as people write them; stems bring their forms together. A concept weighs by its kind: what the idea is about tells two
ideas apart, the act a little less, for whom hardly, and words that every idea holds almost nothing.
"""

from functools import cache

from bpc.core.text.stems import analyse

OBJECT, ACT, PEOPLE, COMMON = 3.0, 2.0, 0.6, 0.15
PLAIN = 1.0  # a word the lexicon does not know
_LONG_ENOUGH = 5  # letters of a stem in which one mistake still leaves it recognisable

# code: (French forms, Arabic forms), forms parted by commas; of several words, every stem but the common ones
_OBJECTS: dict[str, tuple[str, str]] = {
    "honey": (
        "miel, miellerie, abeille, ruche, apiculture, apiculteur, rucher, apicole",
        "عسل, نحل, خلية, خلايا, مناحل, منحل, نحال",
    ),
    "argan": ("argan, arganier, arganeraie", "أركان, أرگان, أرڭان"),
    "olive": ("olive, olivier, oliveraie, oléicole", "زيتون, زياتين"),
    "oil": ("huile", "زيت, زيوت"),
    "mill": ("moulin, huilerie, trituration, minoterie", "معصرة, معاصر, مطحنة, طاحونة"),
    "fuel": (
        "grignon, bûche, combustible, chauffage, chauffe, fitour, briquette",
        "حطب, وقود, تدفئة, تسخين, فيتور, تفل",
    ),
    "rose": ("rose, rosier", "ورد, ورود"),
    "saffron": ("safran, safranier, crocus", "زعفران"),
    "herbs": (
        "aromatique, médicinale, thym, romarin, lavande, origan, sauge, herboristerie",
        "عطرية, طبية, زعتر, أزير, خزامى, أعشاب, عشوب",
    ),
    "henna": ("henné", "حناء"),
    "cosmetics": ("cosmétique, savon, savonnerie, crème", "تجميل, صابون, كريم"),
    "dates": ("datte, dattier", "تمر, تمور"),
    "palm": ("palmier, palmeraie, palme", "نخيل, نخلة, نخل, سعف"),
    "almond": ("amande, amandier", "لوز"),
    "fig": ("figue, figuier", "تين, شريحة, كرموس"),
    "cactus": ("cactus, barbarie, nopal, opuntia", "صبار, هندية, كرموس النصارى"),
    "walnut": ("noix, noyer", "جوز, كركاع, گرگاع"),
    "apple": ("pomme, pommier", "تفاح"),
    "citrus": ("agrume, orange, oranger, citron, clémentine", "حوامض, برتقال, ليمون"),
    "grape": ("raisin, vigne", "عنب, كروم"),
    "pomegranate": ("grenade, grenadier", "رمان"),
    "vegetables": ("légume, maraîchage, maraîcher, tomate, potager", "خضر, خضروات, طماطم, بواكر"),
    "fruit": ("fruit, verger, fruitier", "فواكه, فاكهة, أشجار مثمرة"),
    "cereals": ("céréale, blé, orge, farine, semoule", "حبوب, قمح, شعير, طحين, دقيق"),
    "couscous": ("couscous, coucous", "كسكس, كسكسو, سكسو"),
    "bread": ("pain, boulangerie, four, pâtisserie, gâteau", "خبز, مخبزة, فرن, حلويات"),
    "meals": ("cantine, repas, restauration, cuisine, traiteur", "مطعم, وجبات, مطبخ, ممون, إطعام"),
    "milk": ("lait, laitier, laiterie, laitière", "حليب, ألبان, لبن"),
    "cheese": ("fromage, fromagerie", "جبن, أجبان, مجبنة"),
    "goats": ("chèvre, caprin, chevreau", "ماعز, معز, عنزة"),
    "sheep": ("ovin, mouton, brebis, agneau", "غنم, أغنام, خروف, خرفان"),
    "camel": ("chameau, chamelle, camelin, dromadaire", "إبل, جمل, نوق, ناقة, جمال"),
    "cattle": ("bovin, vache", "أبقار, بقرة, بقر"),
    "poultry": ("poulet, volaille, aviculture, poule, œuf", "دجاج, دواجن, بيض"),
    "snails": ("escargot, héliciculture", "حلزون, ببوش"),
    "fish": ("poisson, pêche, pêcheur, halieutique", "سمك, أسماك, صيد, صياد, بحارة, حوت, حواتة, سردين"),
    "oysters": ("huître, ostréiculture, coquillage, moule", "محار, صدفيات, بلح البحر"),
    "seaweed": ("algue", "طحالب, طحلب"),
    "wool": ("laine, filature, tonte", "صوف, صوفة"),
    "carpet": ("tapis, tapisserie", "زربية, زرابي"),
    "weaving": ("tissage, tisserande, métier à tisser, textile", "نسيج, حياكة, منسج, درازة"),
    "sewing": ("couture, broderie, habit, vêtement, confection", "خياطة, طرز, ملابس, لباس, تطريز"),
    "pottery": ("poterie, potier, céramique, argile", "فخار, خزف, طين"),
    "leather": ("cuir, babouche, maroquinerie, tannerie", "جلد, جلود, بلغة, دباغة"),
    "jewellery": ("bijou, bijouterie, argenterie", "حلي, مجوهرات, فضة"),
    "wood": ("bois, menuiserie, thuya, marqueterie", "خشب, نجارة, عرعار"),
    "basketry": (
        "vannerie, panier, osier, alfa, doum, natte, tresser",
        "سلال, قفة, قفف, دوم, حلفاء, حصير, حصائر",
    ),
    "tourism": (
        "tourisme, gîte, auberge, randonnée, guide, touristique",
        "سياحة, سياحي, مأوى, دار الضيافة, مرشد, تجوال",
    ),
    "irrigation": (
        "irrigation, irriguer, arrosage, arroser, goutte, pompage, séguia, khettara",
        "سقي, ري, تنقيط, ضخ, ساقية, خطارة, قطرة",
    ),
    "drinking": ("potable, fontaine, borne, abreuvoir", "شرب, سقاية, سقايات"),
    "solar": ("solaire, photovoltaïque", "شمسي, شمسية"),
    "compost": ("compost, compostage, biogaz, fumier", "سماد, كومبوست, غاز حيوي, تسميد"),
    "waste": ("déchet, recyclage, tri, ordure, plastique", "نفايات, تدوير, فرز, أزبال, بلاستيك"),
    "school": (
        "école, scolaire, élève, collège, soutien scolaire, préscolaire",
        "مدرسة, مدارس, تلاميذ, تعليم أولي, دروس الدعم, مدرسي",
    ),
    "children": ("crèche, garderie, enfant", "حضانة, أطفال, روض"),
    "care": ("aide à domicile, âgées, handicap, soin", "مسنين, إعاقة, رعاية, مساعدة منزلية"),
    "health": ("santé, dispensaire, pharmacie, ambulance", "صحة, مستوصف, إسعاف"),
    "transport": (
        "transport, camion, triporteur, navette, bus, minibus, autobus",
        "نقل, شاحنة, حافلة, طوبيس, تريبورتور",
    ),
    "digital": ("numérique, informatique, internet, ordinateur, web", "رقمي, رقمية, معلوميات, إنترنت, حاسوب"),
    "nursery": ("pépinière, plant, plantation, semence", "مشتل, مشاتل, شتلات, غرس, بذور"),
    "fodder": ("fourrage, aliment du bétail, luzerne", "علف, أعلاف, كلأ, فصة"),
    "library": ("bibliothèque, livre, lecture", "مكتبة, كتاب, قراءة"),
    "sport": ("sport, sportif, football", "رياضة, ملعب, كرة"),
    "housing": ("habitat, logement, construction", "سكن, بناء"),
    "shop": ("magasin, boutique, épicerie, point de vente, souk", "متجر, دكان, محل, سوق, نقطة بيع"),
    "forest": ("forêt, reboisement, forestier", "غابة, تشجير"),
    "mushroom": ("champignon, truffe", "فطر, ترفاس"),
    "carob": ("caroube, caroubier", "خروب"),
    "capers": ("câpre, câprier", "قبار"),
    "seeds": ("lentille, fève, pois, légumineuse", "عدس, فول, حمص, قطاني"),
    "spices": ("épice, cumin, piment", "توابل, كمون, فلفل"),
}
_ACTS: dict[str, tuple[str, str]] = {
    "drying": ("séchage, séchoir, séché, sécher, déshydratation", "تجفيف, مجفف, مجففة, تنشيف, يابس"),
    "pressing": (
        "pressage, presse, distillation, distiller, alambic, extraction",
        "تقطير, استخلاص, استخراج, مقطرة",
    ),
    "packaging": (
        "emballage, conditionnement, étiquette, emballer, bocal, sachet",
        "تعبئة, تغليف, تلفيف, تعليب, علبة, علب",
    ),
    "preserving": ("conserve, saler, salaison, mettre en bocal", "تصبير, تمليح, مصبرات"),
    "storing": (
        "stockage, stocker, entrepôt, froid, frigo, frigorifique, chambre froide, conserver",
        "تخزين, مخزن, تبريد, فريغو, غرفة التبريد, حفظ",
    ),
    "selling": ("vente, vendre, commercialisation, commercialiser, marché", "بيع, تسويق, تسوق"),
    "processing": (
        "transformation, transformer, valorisation, valoriser, jus, confiture",
        "تحويل, تثمين, عصير, مربى",
    ),
    "growing": ("culture, cultiver, agriculture, récolte, agricole", "زراعة, فلاحة, جني, محصول, فلاحي"),
    "breeding": ("élevage, élever, engraissement, bétail, troupeau", "تربية, تسمين, ماشية, مواشي, قطيع"),
    "training": (
        "formation, former, apprentissage, alphabétisation, atelier",
        "تكوين, تدريب, تعلم, محو الأمية, ورشة",
    ),
    "water": ("eau, puits, forage, hydraulique", "ماء, مياه, الما, بئر, آبار"),
    "collecting": ("collecte, ramassage, cueillette, ramasser, collecter", "جمع, تجميع, التقاط, قطف"),
    "making": ("fabrication, fabriquer, produire, production", "صنع, صناعة, إنتاج"),
    "cleaning": ("nettoyage, propreté, laverie, lavage", "تنظيف, نظافة, مغسلة, غسل"),
    "renting": ("location, louer, matériel, tracteur, machine", "كراء, آلات, معدات, جرار"),
    "sharing": ("partagé, commun, collectif, mutualiser", "مشترك, جماعي, تقاسم"),
}
_PEOPLE: dict[str, tuple[str, str]] = {
    "women": ("femme, féminine, fille", "امرأة, نساء, نسوية, نسائية, فتيات, بنات, عيالات, نسا, مرا"),
    "young": ("jeune, jeunesse, étudiant", "شباب, شاب, طلبة"),
    "herders": ("éleveur, berger", "كساب, راعي, رعاة"),
    "farmers": ("agriculteur, paysan, fellah", "فلاح, فلاحين, مزارع"),
    "artisans": ("artisan, artisane, artisanat", "صانع, حرفي, حرفيات, صناع"),
}
_COMMONS: dict[str, tuple[str, str]] = {
    "cooperative": ("coopérative, coopératif, coop, association, groupement", "تعاونية, تعاوني, جمعية"),
    "project": ("projet, idée, création, créer, mise en place, unité, développement, améliorer, besoin, manque, petit, "
                "local",
                "مشروع, فكرة, إنشاء, إحداث, خلق, وحدة, تنمية, تطوير, حاجة, نقص, خصاص, صغير, محلي"),
    # what is said around the thing, above all in spoken Arabic
    "said": ("faut, veut, voudrait, donner, mettre, servir, faute",
             "ديال, ديالو, ديالنا, ديالها, ديالهم, باش, بلاصة, اللي, فين, بزاف, بغينا, نديرو, عوض, بدل"),
    "village": ("village, douar, commune, région, rural, montagne, famille, habitant, province",
                "دوار, دواوير, قرية, جماعة, منطقة, جهة, قروي, جبل, جبلي, عائلة, أسرة, سكان, ساكنة, إقليم"),
    "good": ("qualité, bon, meilleur, prix, revenu, argent, travail, emploi",
             "جودة, جيد, أفضل, ثمن, دخل, مال, عمل, شغل, فرص"),
}  # fmt: skip


@cache
def _lexicon() -> dict[str, tuple[str, float]]:
    """Stem → (concept, weight). Of a form of several words each stem that no other concept took."""
    found: dict[str, tuple[str, float]] = {}
    kinds = ((_COMMONS, COMMON), (_PEOPLE, PEOPLE), (_ACTS, ACT), (_OBJECTS, OBJECT))
    single = [(code, weight, form) for table, weight in kinds for code, forms in table.items()
              for form in ",".join(forms).split(",")]  # fmt: skip
    for code, weight, form in sorted(single, key=lambda one: len(one[2].split())):
        for stem in analyse(form):
            if len(form.split()) == 1 or stem not in found:
                found.setdefault(stem, (code, weight))
    return found


@cache
def concept_weights() -> dict[str, float]:
    """The weight of each concept, by its code.

    >>> concept_weights()["honey"], concept_weights()["women"]
    (3.0, 0.6)
    """
    kinds = ((_COMMONS, COMMON), (_PEOPLE, PEOPLE), (_ACTS, ACT), (_OBJECTS, OBJECT))
    return {code: weight for table, weight in kinds for code in table}


def concept_words(code: str) -> tuple[str, str]:
    """The word that names a concept, in French and in Arabic.

    >>> concept_words("honey")
    ('miel', 'عسل')
    """
    french, arabic = {**_COMMONS, **_PEOPLE, **_ACTS, **_OBJECTS}[code]
    return french.split(",")[0], arabic.split(",")[0]


@cache
def _misspellings() -> dict[str, set[tuple[str, float]]]:
    """Each stem of the lexicon, whole and with one letter left out → the concepts that meet there."""
    found: dict[str, set[tuple[str, float]]] = {}
    for stem, concept in _lexicon().items():
        if len(stem) >= _LONG_ENOUGH:
            for form in (stem, *_shorter(stem)):
                found.setdefault(form, set()).add(concept)
    return found


def _shorter(stem: str) -> list[str]:
    return [stem[:at] + stem[at + 1 :] for at in range(len(stem))]


def _without_article(stem: str) -> tuple[str, float] | None:
    """The concept of a word written with the article that its apostrophe should part: `leau`, `dolive`."""
    is_joined = len(stem) > 3 and stem[0] in "ld" and stem[1] in "aeiouyh"
    return _lexicon().get(stem[1:]) if is_joined else None


def concept_of(stem: str) -> tuple[str, float]:
    """The concept a stem speaks of and its weight; the stem itself, of weight `PLAIN`, when the lexicon has none.

    A letter too many, missing, or taken for another is forgiven from `_LONG_ENOUGH` letters on, when only one concept
    is so near (Garbe's symmetric deletions: https://github.com/wolfgarbe/SymSpell).

    >>> from bpc.core.text.stems import stem
    >>> concept_of(stem("miels")) == concept_of(stem("العسل")) == ("honey", 3.0)
    True
    >>> concept_of(stem("saffran"))
    ('saffron', 3.0)
    >>> concept_of(stem("dolive"))
    ('olive', 3.0)
    >>> concept_of("taznakht")
    ('taznakht', 1.0)
    """
    if (known := _lexicon().get(stem) or _without_article(stem)) is not None:
        return known
    if len(stem) < _LONG_ENOUGH:
        return stem, PLAIN
    near = {concept for form in (stem, *_shorter(stem)) for concept in _misspellings().get(form, ())}
    return near.pop() if len(near) == 1 else (stem, PLAIN)
