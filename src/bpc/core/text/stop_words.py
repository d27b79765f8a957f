"""Words too common to tell one text from another, written as they are after folding.

Words that also name a thing people search for are kept out on purpose: or (gold), vers (worms), été
(summer), eau, son is a pronoun far more often than a sound or a bran and stays in.
"""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# What remains of l', d', qu'… once the apostrophe has become a space.
ELISIONS = _words("l d j m n s t c qu jusqu lorsqu puisqu quoiqu quelqu presqu")

FRENCH = _words(
    """
    a afin ainsi alors au aucun aucune aussi autre autres aux avec avoir ayant c ce ceci cela celle celles
    celui ces cet cette ceux chaque chez comme comment dans de des deja donc dont du elle elles en encore
    entre est et etaient etait etant etre eu eux fait faire il ils je la le les leur leurs lors lui ma mais
    me meme memes mes moi mon ne ni nos notre nous on ont ou par parce pas pendant peu peut peuvent plus
    plusieurs pour pourquoi qu quand que quel quelle quelles quelque quelques quels qui quoi sa sans se
    selon sera seront ses si soit son sont sous sur ta te tel telle telles tels tes toi ton tous tout toute
    toutes tres tu un une vos votre vous y
    """
)

_ARABIC_SIMPLE = _words(
    """
    من في علي الي عن مع هذا هذه هولاء ذلك تلك التي الذي الذين اللواتي اللاتي ان او ام ثم كل بعض كما كي لكي
    لا ما لم لن قد هو هي هم هن نحن انا انت انتم كان كانت يكون تكون كانوا ليس ليست بين عند بعد قبل حتي منذ
    خلال حول دون اي ايضا غير بل لكن لان اذا اذ حيث كيف متي اين لماذا ماذا هنا هناك فقط جدا كذلك له لها
    لهم لنا به بها بهم بنا فيه فيها عليه عليها منه منها عنها اليه اليها لدي لديه لديها عبر نحو ضمن ضد وفق بدون
    """
)
# و (and) is written attached; وهم is also "illusion" but never a word searched here.
ARABIC = _ARABIC_SIMPLE | {"و" + word for word in _ARABIC_SIMPLE} | _words("و ف ب ل ك س ا")

STOP_WORDS = ELISIONS | FRENCH | ARABIC
