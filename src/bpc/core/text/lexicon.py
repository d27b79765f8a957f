"""The words of village projects, in French and in Arabic: `concepts.py` reads them.

Ours, written from the products (`data/products.csv`), the models (`data/models`), the glossary and the spoken Arabic
of the country; never from the pairs held out of the measure. Each concept: (French forms, Arabic forms), single words
parted by commas, as people write them, Latin spellings of spoken Arabic among the French. The first forms name the
concept. A word stands in one concept only: of two meanings it keeps the one that ideas use (a test checks it).
"""

OBJECTS: dict[str, tuple[str, str]] = {
    "honey": (
        "miel, miellerie, abeille, ruche, apiculture, apiculteur, apicole, propolis, pollen, essaim, "
        "3sel, assel",
        "عسل, نحل, خلية, مناحل, منحل, جبح, جباح, شهد, عسال, أجباح",
    ),
    "argan": ("argan, arganier, arganeraie, arganière, aargan", "أركان, أرغان, أرجان"),
    "olive": ("olive, olivier, oliveraie, oléicole, zitoun", "زيتون"),
    "oil": ("huile, zit", "زيت"),
    "mill": (
        "moulin, huilerie, trituration, minoterie, maasra, broyage, broyeur, meunier",
        "معصرة, معاصر, مطحنة, طاحونة, مطاحن, رحى, طواحن",
    ),
    "fuel": (
        "grignon, bûche, combustible, chauffage, chauffe, fitour, briquette, brûler, charbon",
        "حطب, وقود, تدفئة, تسخين, فيتور, تفل, فحم",
    ),
    "rose": ("rose, rosier, ward", "ورد, ماورد"),
    "saffron": ("safran, safranier, crocus, zaafran", "زعفران, زعفرن"),
    "herbs": (
        "aromatique, médicinale, thym, romarin, lavande, origan, sauge, herboristerie, herbe, absinthe, "
        "verveine, marjolaine, zaatar",
        "عطرية, طبية, زعتر, أزير, خزامى, أعشاب, عشوب, مردقوش, لويزة, شيح, حبق, ضرو",
    ),
    "henna": ("henné, tatouage", "حناء, حنة"),
    "cosmetics": (
        "cosmétique, savon, savonnerie, crème, savonnette, beauté, shampoing",
        "تجميل, صابون, كريم, شامبوان",
    ),
    "dates": ("datte, dattier, tmar, tmer, majhoul", "تمر, مجهول"),
    "palm": ("palmier, palmeraie, palme, phoeniculture", "نخيل, سعف, جريد"),
    "almond": ("amande, amandier, louz", "لوز"),
    "fig": ("figue, figuier, karmous", "تين, شريحة, كرموس, كرمة, كروموسة"),
    "cactus": ("cactus, barbarie, nopal, opuntia, hendia, handia", "صبار, هندية, زعبول"),
    "walnut": ("noix, noyer, noisette", "جوز, كركاع"),
    "apple": ("pomme, pommier, tffah", "تفاح"),
    "citrus": (
        "agrume, orange, citron, clémentine, mandarine, limoun, agrumiculture",
        "حوامض, برتقال, ليمون, حامض, مندرين, لتشين",
    ),
    "grape": ("raisin, vigne, vigneron, zbib", "عنب, كروم, زبيب, دالية, دوالي"),
    "pomegranate": ("grenade, grenadier, rman", "رمان"),
    "vegetables": (
        "légume, maraîchage, maraîcher, tomate, potager, serre, khodra, primeur",
        "خضر, طماطم, بواكر, خضار, مطيشة",
    ),
    "fruit": ("fruit, verger, fruitier", "فواكه, مثمرة, غلة, غلال, ثمار"),
    "cereals": (
        "céréale, blé, orge, farine, semoule, céréalier, zraa",
        "حبوب, قمح, شعير, طحين, دقيق, فرينة, سميدة",
    ),
    "couscous": ("couscous, coucous", "كسكس, كسكسو, سكسو"),
    "bread": (
        "pain, boulangerie, four, pâtisserie, gâteau, boulanger, biscuit, msemen, khobz",
        "خبز, مخبزة, فرن, حلويات, مسمن, خبازة, كعك, فران, مخابز",
    ),
    "meals": (
        "cantine, repas, restauration, cuisine, traiteur, resto, plat, traiteuse, cuisinière, manger, "
        "nourriture",
        "مطعم, وجبات, مطبخ, ممون, إطعام, طبخ, ماكلة, طباخ, طعام, تغذية, مطاعم",
    ),
    "milk": (
        "lait, laitier, laiterie, laitière, hlib, yaourt, beurre, lben",
        "حليب, ألبان, ياغورت, زبدة, محلبة",
    ),
    "cheese": ("fromage, fromagerie, jben", "جبن, مجبنة"),
    "goats": ("chèvre, caprin, chevreau, cabri, biquette, maaz", "ماعز, عنزة, جدي, معيز"),
    "sheep": ("ovin, mouton, brebis, agneau, houli, bélier", "غنم, خروف, خرفان, نعاج, نعجة, كبش, أكباش"),
    "camel": ("chameau, chamelle, camelin, dromadaire, chamelier", "إبل, جمل, نوق, ناقة, جمال, بعير"),
    "cattle": ("bovin, vache, veau", "أبقار, بكرة, عجل, عجول"),
    "poultry": (
        "poulet, volaille, aviculture, poule, œuf, djaj, poulailler, dinde, poussin",
        "دجاج, دواجن, بيض, فروج, كتاكيت, بيبي, ديك",
    ),
    "snails": ("escargot, héliciculture, hélix, babbouche", "حلزون, ببوش"),
    "fish": (
        "poisson, pêche, pêcheur, halieutique, sardine, poulpe, barque, hout, anchois",
        "سمك, صيد, صياد, بحارة, حوت, حواتة, سردين, فلوكة, أخطبوط, قوارب, قارب, مرسى",
    ),
    "oysters": ("huître, ostréiculture, coquillage, moule, palourde", "محار, صدفيات, بلح, بوزروك"),
    "seaweed": ("algue, gélidium, agar", "طحالب, أكار"),
    "wool": ("laine, filature, tonte, lainier", "صوف, غزول, جزة"),
    "carpet": ("tapis, tapisserie, zarbia, zrabi, kilim, hanbel", "زربية, حنبل, حنابل, بساط, سجاد"),
    "sewing": (
        "couture, broderie, habit, vêtement, confection, coudre, couturière, brodeuse, caftan, tailleur",
        "خياطة, طرز, ملابس, تطريز, قفطان, طرازة, تفصيل, مخيط, حوايج, راندة",
    ),
    "pottery": (
        "poterie, potier, céramique, argile, potière, tajine, fakhar",
        "فخار, خزف, طين, طاجين, طواجن",
    ),
    "leather": (
        "cuir, babouche, maroquinerie, tannerie, tanneur, cordonnier",
        "جلد, بلغة, دباغة, بلاغي, مدبغة, إسكافي",
    ),
    "jewellery": ("bijou, bijouterie, argenterie, bijoutier", "حلي, مجوهرات, فضة, صياغة, صائغ, نقرة"),
    "wood": (
        "bois, menuiserie, thuya, marqueterie, menuisier, ébéniste, sculpture, cèdre",
        "خشب, نجارة, عرعار, نقش",
    ),
    "basketry": (
        "vannerie, panier, osier, alfa, doum, natte, tresser, tressage, corbeille, chapeau",
        "سلال, قفة, قفف, دوم, حلفاء, حصير, حصائر, سلة, قبعات, عزف, أطباق, ضفر",
    ),
    "tourism": (
        "tourisme, gîte, auberge, randonnée, touristique, hôtel, hébergement, trek, camping, bivouac, "
        "voyageur, guide",
        "سياحة, تجوال, ضيافة, مآوي, فندق, مخيم, تخييم, زوار, مرشد",
    ),
    "irrigation": (
        "irrigation, irriguer, arrosage, arroser, goutte, pompage, séguia, khettara, canal, motopompe",
        "سقي, ري, تنقيط, ضخ, ساقية, خطارة, قطرة, مضخة, سواقي, سقوي, صهريج, خطاطير",
    ),
    "drinking": (
        "potable, fontaine, borne, abreuvoir, robinet, citerne",
        "شرب, سقاية, شروب, روبيني, عوينة, سبالة",
    ),
    "solar": ("solaire, photovoltaïque, soleil, panneau", "شمسي, ألواح, بلاكات"),
    "compost": ("compost, compostage, biogaz, fumier, engrais, biogas", "سماد, كومبوست, تسميد, غاز"),
    "waste": (
        "déchet, recyclage, ordure, plastique, déchetterie, poubelle, recycler",
        "نفايات, تدوير, أزبال, بلاستيك, زبل, ميكا, ميكة, مطرح, قمامة",
    ),
    "school": (
        "école, scolaire, collège, scolarité, cartable, écolier, msid",
        "مدرسة, تلاميذ, تلميذ, تمدرس, إعدادية, ثانوية, قراية, تلامذ",
    ),
    "children": (
        "crèche, garderie, enfant, préscolaire, maternelle, bébé",
        "حضانة, أطفال, روض, أولي, دراري, دري, وليدات",
    ),
    "care": (
        "aînés, âgées, handicap, auxiliaire, vieux, vieillesse, domicile",
        "مسنين, إعاقة, رعاية, مسن, عجزة, معاق, شيوخ, عاجز, منزلية",
    ),
    "health": (
        "santé, dispensaire, pharmacie, ambulance, médecin, médical, infirmier, infirmière, "
        "accouchement, malade, soin, hôpital",
        "صحة, مستوصف, طبيب, سبيطار, مستشفى, دواء, ممرض, قابلة, مريض, علاج, صيدلية",
    ),
    "transport": (
        "transport, camion, triporteur, navette, bus, minibus, autobus, camionnette, taxi, véhicule, moto",
        "نقل, شاحنة, حافلة, طوبيس, تريبورتور, طرانسبور, كاميو, بيكوب, سيارة, عربة, موطور",
    ),
    "digital": (
        "numérique, informatique, internet, ordinateur, web, ligne, ordi, application, site, wifi, "
        "logiciel, ecommerce, plateforme",
        "رقمي, معلوميات, إنترنت, حاسوب, إلكتروني, أنترنيت, تطبيق, موقع, ويفي, رقمنة, حواسيب, برمجة, "
        "منصة, الكترونيك",
    ),
    "nursery": ("pépinière, semence, semis, greffe", "مشتل, مشاتل, بذور, زريعة, تلقيم"),
    "fodder": ("fourrage, luzerne", "علف, أعلاف, كلأ, فصة, برسيم, تبن"),
    "library": ("bibliothèque, livre, lecture, lire, bibliobus", "مكتبة, كتاب, قراءة, كتب, مطالعة"),
    "sport": ("sport, sportif, football, stade, basket", "رياضة, ملعب, كرة, تيران, كورة"),
    "housing": (
        "habitat, logement, construction, maçon, maçonnerie, brique, pisé",
        "سكن, بناء, بناي, طوب, ياجور, عمارة, مسكن",
    ),
    "shop": (
        "magasin, boutique, épicerie, épicier, kiosque, comptoir, foire",
        "متجر, دكان, حانوت, حوانيت, معرض, بقالة, كشك",
    ),
    "forest": ("forêt, reboisement, forestier, forestière, arbre", "غابة, تشجير, شجرة, تحريج"),
    "mushroom": ("champignon, truffe, terfass, champignonnière", "فطر, ترفاس, فكاع, فقاع"),
    "carob": ("caroube, caroubier", "خروب"),
    "capers": ("câpre, câprier", "قبار, كابار"),
    "seeds": ("légumineuse, lentille, fève, pois", "قطاني, عدس, فول, حمص, لوبيا, جلبان"),
    "spices": (
        "épice, cumin, piment, curcuma, paprika, niora",
        "توابل, كمون, فلفل, تحميرة, تابل, بزار, ابزار, سودانية",
    ),
    "cannabis": ("cannabis, chanvre, kif", "قنب"),
    "cherry": ("cerise, cerisier", "كرز, ملوك"),
    "apricot": ("abricot, abricotier", "مشمش"),
    "peach": ("nectarine", "خوخ, برقوق"),
    "quince": ("coing, cognassier", "سفرجل"),
    "medlar": ("nèfle, néflier", "مزاح"),
    "banana": ("banane, bananier", "موز, بنان"),
    "avocado": ("avocat, avocatier", "أفوكادو, لافوكا"),
    "berries": ("fraise, framboise, myrtille, fraisier", "توت, فريز"),
    "onion": ("oignon, ail", "بصل, ثوم"),
    "potato": ("patate", "بطاطس, بطاطا"),
    "mint": ("menthe", "نعناع"),
    "rice": ("riz, rizière", "أرز, روز"),
    "beet": ("betterave, sucre", "شمندر, سكر"),
    "groundnut": ("arachide, cacahuète", "كاوكاو"),
    "maize": ("maïs", "ذرة"),
    "horse": ("cheval, équestre, fantasia", "خيل, فرس, تبوريدة"),
    "donkey": ("âne, mulet", "حمار, بغل"),
    "fishfarm": ("pisciculture, aquaculture, alevin", "استزراع"),
    "cork": ("liège", "فلين"),
    "zellige": ("zellige, mosaïque, carrelage", "زليج, فسيفساء"),
    "metal": (
        "dinanderie, ferronnerie, forge, forgeron, cuivre, métal, soudure",
        "نحاس, معادن, حدادة, حديد, لحام, تلحيم",
    ),
    "stone": ("pierre, marbre, minéral, fossile, carrière", "حجر, رخام, مستحثات, مقلع"),
    "dye": ("teinture, teinturier", "صباغة, صبغ, صبيغ"),
    "heritage": ("patrimoine, kasbah, ksar, ksour, musée, monument", "تراث, قصبة, قصور, متحف"),
    "culture": ("théâtre, musique, cinéma, festival", "ثقافة, مسرح, موسيقى, سينما, مهرجان, فن, فنون"),
    "thermal": ("thermal, thermes", "حامة, حمات, استجمام"),
    "sea": ("surf, kayak, plage, nautique", "شاطئ, ركمجة, شط"),
    "wind": ("éolien", "ريحية, رياح"),
    "desalination": ("dessalement", "تحلية"),
    "sewage": ("assainissement, égout, épuration, usée", "تطهير, مجاري"),
    "light": (
        "éclairage, lampadaire, électricité, électrique, électrification",
        "إنارة, كهرباء, كهربة, ضو, تريسيتي",
    ),
    "road": ("route, piste, pont, goudron", "طريق, مسلك, قنطرة, جسر, تعبيد"),
    "flood": ("crue, inondation, érosion, digue, barrage", "فيضان, انجراف, سد"),
    "vet": ("vétérinaire, vaccin", "بيطري, تلقيح"),
    "repair": (
        "réparation, mécanique, mécanicien, plomberie, électricien",
        "تصليح, إصلاح, ميكانيك, ترصيص, صيانة",
    ),
    "hair": ("coiffure, coiffeur, esthétique", "حلاقة"),
    "coffee": ("café, thé", "قهوة, شاي, أتاي, مقهى"),
    "amlou": ("amlou", "أملو"),
    "vinegar": ("vinaigre", "خل"),
    "news": ("radio, journal, film, vidéo", "إذاعة, فيديو, تصوير"),
    "game": ("jeu, jouet, loisir", "لعب, ألعاب, ترفيه"),
    "rabbit": ("lapin, cuniculture", "أرنب, أرانب, قنية"),
    "drought": ("sécheresse", "جفاف"),
    "soil": ("sol", "تربة, مدرجات"),
    "savings": ("épargne, crédit, microcrédit, assurance", "ادخار, سلف, قرض, تأمين"),
}

ACTS: dict[str, tuple[str, str]] = {
    "weaving": (
        "tissage, tisserande, textile, tisser, tisseuse, djellaba, haïk",
        "نسيج, حياكة, منسج, درازة, غزل, مرمة, منسوج, نساج",
    ),
    "drying": (
        "séchage, séchoir, séché, déshydratation, sec",
        "تجفيف, مجفف, تنشيف, يابس, نشف, ناشف, جفف, تيبيس, منشر",
    ),
    "pressing": (
        "pressage, presse, distillation, alambic, extraction, pressoir, distillerie, extraire, extracteur",
        "تقطير, استخلاص, استخراج, مقطرة, عصر, مستخلص, استقطار, قطران",
    ),
    "packaging": (
        "emballage, conditionnement, étiquette, emballer, sachet, pot, flacon, étiquetage, empaqueter, "
        "ensacher, bouteille",
        "تعبئة, تغليف, تلفيف, تعليب, علبة, قنينة, قراعي, قرعة, ملصق, عنونة, كياس, بواطة, تلصيق, عبا",
    ),
    "preserving": ("conserve, saler, salaison, bocal, saumure", "تصبير, تمليح, مصبرات, صبر"),
    "storing": (
        "stockage, stocker, entrepôt, froid, frigo, frigorifique, glacière, réfrigérer, congeler",
        "تخزين, مخزن, تبريد, فريغو, حفظ, ثلاجة, برودة, بارد, خزن, خزين, تجميد",
    ),
    "selling": (
        "vente, vendre, commercialisation, marché, vend, vendu, vendeur, export, souk, commerce",
        "بيع, تسويق, تسوق, باع, مبيعات, سوق, بائع, تصدير, سويقة, تجارة",
    ),
    "processing": (
        "transformation, valorisation, jus, confiture, vinaigrerie, compote, sirop",
        "تحويل, تثمين, عصير, مربى, عصائر, كونفيتير, مثمن, محول",
    ),
    "growing": (
        "culture, cultiver, agriculture, récolte, agricole, cueillir, champ, jardin",
        "زراعة, فلاحة, جني, محصول, زرع, حصاد, حقل, مزرعة, مزروعات, جنا, جنان",
    ),
    "breeding": (
        "élevage, élever, engraissement, bétail, troupeau, cheptel, étable",
        "تربية, تسمين, ماشية, مواشي, قطيع, ربى, نربي, كسيبة, حظيرة, إسطبل, علافة, بهائم",
    ),
    "training": (
        "formation, former, apprentissage, alphabétisation, apprendre, enseigner, cours, formateur, "
        "formatrice, stage, alpha, apprend, apprennent, apprenti",
        "تكوين, تدريب, تعلم, متعلم, مكون, تمرين, تمهين, مؤطر, أمية, تعليم",
    ),
    "water": (
        "eau, puits, forage, hydraulique, source, nappe, hydrique, lma",
        "ماء, الما, بئر, عين, ثقب, منبع, عيون, بيار, فرشة",
    ),
    "collecting": (
        "collecte, ramassage, cueillette, ramasser, récupérer, cueilleuse, regrouper",
        "تجميع, التقاط, قطف, لقط",
    ),
    "making": (
        "fabrication, produire, production, produit, artisanal, confectionner",
        "صنع, صناعة, إنتاج, تصنيع, منتوج",
    ),
    "cleaning": (
        "nettoyage, propreté, laverie, lavage, nettoyer, balayer, laver, hammam",
        "تنظيف, نظافة, مغسلة, غسل, نقاوة, غسيل, تصبين, حمام",
    ),
    "renting": (
        "location, louer, matériel, tracteur, machine, engin, outil, batteuse, moissonneuse",
        "كراء, آلات, معدات, جرار, تراكتور, طراكتور, كري, آليات, أدوات, تجهيزات, ماكينة",
    ),
    "sharing": ("partagé, mutualiser, ensemble", "مشترك, تقاسم, تشارك, معا"),
    "sorting": ("tri, trier, calibrer, triage", "فرز, غربلة"),
    "planting": ("plantation, planter, replanter, planté", "غرس, غراسة, شتلة, شتلات, نبات"),
}

PUBLICS: dict[str, tuple[str, str]] = {
    "women": (
        "femme, féminine, fille, mères, nsa, dame",
        "امرأة, فتيات, بنات, عيالات, نسا, مرا, سيدات, أرامل, أرملة, مطلقات",
    ),
    "young": ("jeune, jeunesse, étudiant, lycéen, chômeur, diplômé", "شباب, طلبة, معطل, عاطل, خريج"),
    "herders": ("berger, éleveur, nomade", "كساب, راعي, رحل, سارح"),
    "farmers": ("agriculteur, paysan, fellah, agricultrice", "مزارع"),
    "artisans": ("artisan, artisanat, maâlem", "حرفي, معلم"),
}

COMMONS: dict[str, tuple[str, str]] = {
    "cooperative": ("coopérative, association, groupement", "تعاونية, جمعية"),
    "project": (
        "projet, idée, création, créer, unité, développement, améliorer, petit, local, centre, salle, "
        "atelier, espace, lieu, entreprise, équipe, programme, activité, service, organiser, gérer, "
        "nouveau, moderne, grand, achat, acheter, plateau, ferme, client",
        "مشروع, فكرة, إنشاء, إحداث, خلق, تنمية, تطوير, حاجة, نقص, خصاص, صغير, محلي, مركز, قاعة, فضاء, "
        "مكان, مقاولة, فريق, برنامج, نشاط, تنظيم, تسيير, تدبير, جديد, حديث, كبير, شراء, توفير, مجال, "
        "دعم, إقامة, محليا, ورشة, بلدي, ضيعة, زبون, زبائن",
    ),
    "said": (
        "faut, veut, voudrait, donner, mettre, servir, aller, venir, falloir, vouloir, besoin, gens, "
        "monde, personne, jour, mois, an, heure, loin, près, chercher, aider, perdre, jeter, prendre, "
        "trop, bien, mal, beaucoup, veu, veulent, pouvoir, permettre, éviter, manquer, garder, "
        "gaspiller, grâce, après, avant, vont, vient, viennent, doit, doivent, rester, reste, direct, "
        "intermédiaire, courtier, seul, côté, fin, début, hiver, été, semaine, kilomètre, km, devenir, "
        "ancien, plutôt, juste, rien, partir, porter, montrer, connaître, maison",
        "ديال, ديالو, باش, بلاصة, اللي, فين, بزاف, بغينا, نديرو, عوض, بدل, هاد, ديالك, عندنا, عندهم, "
        "عندو, عندها, كاين, ماكاينش, مابقاش, واحد, وحدة, كلشي, شي, دابا, حيت, علاش, ولاد, ناس, نخدمو, "
        "يخدمو, خدمة, نمشيو, مزيان, نقدرو, يقدرو, محتاجين, خاصنا, خاص, يخص, نستعملو, لكل, يوم, شهر, "
        "سنة, ساعة, بعيد, قريب, قرب, نعاونو, نضيعو, يضيع, يخسر, ضايع, نرميو, يلقاو, نلقاو, يبقى, تبقى, "
        "يمكن, تستفيد, استفادة, يستفيد, نريد, نحتاج, يحتاج, تحتاج, رغبة, أجل, توفر, جاب, جيب, يجيب, "
        "عطى, عطي, تعطي, يعطي, دير, يدير, مشا, مشي, جا, يجي, عاود, ولي, تولي, بقا, بقى, راه, زوين, "
        "قديم, قدام, وسط, وسيط, وسطاء, سماسرة, مول, نيشان, نهار, ليل, كيلومتر, صيف, شتاء, عام, رمضان, "
        "داخل, خارج, مباشر, مباشرة, نفس, حال, رفع, منهم, يجب, يلزم, لازم, مسافة, مسافات, تعوض, بقايا, "
        "رجع, يرجع, لقا, بان, كفى, يكفي, قبل, دار",
    ),
    "village": (
        "village, douar, commune, région, rural, montagne, famille, habitant, province, quartier, "
        "oasis, vallée, plaine, ville, bled, maroc, territoire, pays, monts",
        "دوار, قرية, جماعة, منطقة, جهة, جبل, عائلة, أسرة, سكان, إقليم, حي, واحة, وادي, سهل, مدينة, "
        "بلاد, مغرب, تراب, دشر, دشيرة",
    ),
    "good": (
        "qualité, bon, meilleur, prix, revenu, argent, travail, emploi, mieux, traditionnel, naturel, "
        "bio, biologique, normes, label, labellisé, coût, cher, rentable, vie, salaire, vivre, payer, "
        "propre, hygiène",
        "جودة, جيد, أفضل, ثمن, دخل, مال, عمل, شغل, فرص, مليح, طبيعي, تقليدي, بيولوجي, معايير, علامة, "
        "رخيص, غالي, مدخول, رزق, فلوس, عيش, أحسن, قيمة, نظيف, نقي, كلفة, مهم, راتب, أجر",
    ),
    "file": (
        "dossier, essai, compte, comptabilité, origine, intérêt, façon, préparer, terre, bassin, "
        "chambre, loi, million, dirham, capital, membre, agence, certificat, investissement, réunion, "
        "directeur, banque, caisse, économie, national, trois, deux, nombre, ministère, public, "
        "accompagnement, financement, conseil",
        "قانون, حصول, محاسبة, حساب, حسب, شهادة, استثمار, اجتماع, مدير, اعتماد, بنك, درهم, مليون, تسجيل, "
        "عضو, وطن, وكالة, ثلاث, رسالة, رسائل, إنجاز, مؤسسة, مساحة, اقتصاد, صندوق, مندوب, ملف, مواد, "
        "تمويل, تضامن, ضمان, مصدر, مدة, عدد, تجربة, موسم, قطاع, قطع, طلب, قرار, عقد, مرحلة, مشكل, "
        "مشاكل, توصيل, تحقيق, وزارة, عمومي, اتفاق, مسؤول, مراقبة, غرفة, إعادة, مجموع, اقتناء, عرض, "
        "استقبال, نقطة, مورد, دراسة, نظام, رخصة, ترخيص, سلامة, أرض, حصة, طاقة, تجريب, أداء, دفع, تصريح, "
        "تأسيس",
    ),
}
