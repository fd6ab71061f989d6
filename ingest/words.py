"""Words as index and ranking see them: lower case, stemmed, with one form for per cent."""

import re
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|%")
_PER_CENT = re.compile(r"\bper[\s-]?cent(?:age)?\b|\bpct\b|%", re.IGNORECASE)
_STEMMER = snowballstemmer.stemmer("english")

STOPWORDS = frozenset(
    "a about after again all also am an and any are as at be because been before being both but by"
    " can could did do does doing done down during each few for from further get got had has have"
    " having he her here hers him his how i if in into is it its itself just me might more most"
    " much must my no nor not now of off on once only or other our out over own per please same"
    " shall she should so some such tell than that the their them then there these they this those"
    " through to too under until up us very was we were what when where which while who whom whose"
    " why will with would you your s t re ve ll d m ie eg etc does didn doesn isn wasn aren don"
    " many says said say according give given show"
    # without their apostrophes
    " whod wholl whove theyd theyll theyre theyve youd youll youre youve weve itd itll thatd thatll"
    " thered hed im ive whatd howd dont cant wont isnt arent wasnt werent hasnt havent hadnt doesnt"
    " didnt couldnt shouldnt wouldnt".split()
)


def words(text: str) -> list[str]:
    """The words and numbers of `text` in order, lower case, unstemmed; per cent is `percent`."""
    found = []
    for token in _TOKEN.findall(_PER_CENT.sub(" percent ", text)):
        if token[0].isdigit():
            found.append(token.replace(",", "").rstrip("."))
        else:
            word = _one(token).lower().replace("’", "'")
            found.append(word.removesuffix("'s").replace("'", ""))
    return found


def _one(token: str) -> str:
    """An abbreviation without the "s" of its plural, which no stemmer tells from its letters: "GCSEs"."""
    return token[:-1] if len(token) > 2 and token[-1] == "s" and token[:-1].isupper() else token


def stems(text: str) -> list[str]:
    """The stems of all words of `text`, in order."""
    return [stem(word) for word in words(text)]


def content_words(text: str) -> list[str]:
    """The words of `text` that carry meaning, in order, each once."""
    return list(dict.fromkeys(word for word in words(text) if word not in STOPWORDS))


def content_stems(text: str) -> set[str]:
    """The stems of the words of `text` that carry meaning."""
    return {stem(word) for word in content_words(text)}


def word_counts(sentences: Iterable[str]) -> dict[str, tuple[int, int]]:
    """For each word how often it occurs, and how often capitalised inside a sentence.

    A word that is nearly always capitalised inside sentences is a name.
    """
    counts: dict[str, tuple[int, int]] = {}
    for sentence in sentences:
        for position, match in enumerate(_TOKEN.finditer(sentence)):
            if match[0][0].isalpha() and len(match[0]) < 40:
                capital = position > 0 and match[0][0].isupper()
                for word in words(match[0]):
                    number, capitals = counts.get(word, (0, 0))
                    counts[word] = (number + 1, capitals + capital)
    return counts


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The English (Porter2) stem of one lower-case word."""
    return str(_STEMMER.stemWord(word))
