"""The components and what they are made of, without Rasa around them."""

import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from box import ROOT
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import hstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.svm import LinearSVC
from test_views import HOSTILE
from tiny import QUESTIONS, URGENCY

from nlu.box import encoded, words
from nlu.box.consonants import consonants
from nlu.box.counted import counted_letters, counted_words
from nlu.box.descent import descended
from nlu.box.encoded import EncodedTexts
from nlu.box.encoder import Vectors
from nlu.box.forgetter import Forgetter
from nlu.box.importer import LOCALE_SCORES
from nlu.box.learned import read_learned, write_learned
from nlu.box.lesson import FEWEST_HELD_OUT, _held_out, lesson
from nlu.box.letters import in_cyrillic
from nlu.box.locale_model import LocaleModel, _share_of_known
from nlu.box.locale_scores import LocaleScorer
from nlu.box.normaliser import Normaliser
from nlu.box.regression import Regression
from nlu.box.respelling import Respeller
from nlu.box.support_vectors import SupportVectors
from nlu.box.topic_model import TopicModel, taught
from nlu.box.topics import TopicClassifier
from nlu.box.urgency import URGENCY as DANGER
from nlu.box.urgency import UrgencyDetector
from nlu.box.words import WORDS, Spelled, WordsAndCharacters, WordVectoriser

TRIPLES = [
    (text, topic, locale) for locale, topics in QUESTIONS.items() for topic, texts in topics.items() for text in texts
]
TEXTS = [text for text, _, _ in TRIPLES]
SPELLED = [Spelled(text) for text in TEXTS]
TOPICS = [topic for _, topic, _ in TRIPLES]


@pytest.fixture(scope="module")
def pipeline() -> list[object]:
    """The components of `config.yml` but the vectors, trained on the tiny questions."""
    questions = [
        Message({TEXT: text, INTENT: topic, "metadata": {"locale": locale, "critical": URGENCY[topic] == "critical"}})
        for text, topic, locale in TRIPLES
    ]
    parts: list[object] = [Normaliser({})]
    for kind in (WordsAndCharacters, TopicClassifier, UrgencyDetector, LocaleScorer):
        for question in questions:
            parts[0].read(question)
        part = kind({})
        part.use(part.learn(questions))
        if kind is WordsAndCharacters:
            part.process(questions)
        parts.append(part)
    return [*parts, Forgetter({})]


def parse(pipeline: list[object], text: str | None) -> Message:
    message = Message({TEXT: text})
    for part in pipeline:
        part.process([message])
    return message


@pytest.mark.parametrize("text", [*HOSTILE.values(), None], ids=[*HOSTILE, "none"])
def test_hostile_texts_pass_all_components(pipeline: list[object], text: str | None) -> None:
    message = parse(pipeline, text)

    assert message.get(TEXT) == ""
    assert 0.0 <= message.get(DANGER)["confidence"] <= 1.0
    assert sum(candidate["confidence"] for candidate in message.get("intent_ranking")) <= 1.0
    assert sum(message.get(LOCALE_SCORES).values()) <= 1.0


def test_danger_in_passing_is_found(pipeline: list[object]) -> None:
    harmless = parse(pipeline, "can i bring my dog. is there a vet nearby and papers for a dog")
    mentioned = parse(pipeline, "can i bring my dog. is there a vet nearby. my husband beats me and he hits me at home")

    assert harmless.get(DANGER)["confidence"] < mentioned.get(DANGER)["confidence"]
    assert mentioned.get(DANGER)["topics"][0]["name"] == "domestic_violence_help"


def test_only_critical_topics_are_dangers(pipeline: list[object]) -> None:
    names = {topic["name"] for topic in parse(pipeline, "hello").get(DANGER)["topics"]}

    assert names == {topic for topic, urgency in URGENCY.items() if urgency == "critical"}


def test_what_was_learned_survives_the_disk(tmp_path: Path) -> None:
    learned = {"rows": np.eye(2, dtype=np.float32), "words": ["ї", "x"], "slope": 1.5}
    write_learned(tmp_path, learned)

    read = read_learned(tmp_path)

    assert np.array_equal(read.pop("rows"), learned.pop("rows"))
    assert read == learned


def test_a_restored_vectoriser_gives_the_same_rows() -> None:
    vectoriser, _ = WordVectoriser.learned_from(SPELLED)
    restored = WordVectoriser.restored(vectoriser.kept())

    assert abs(vectoriser.rows(SPELLED) - restored.rows(SPELLED)).max() < 1e-6


def test_rows_are_what_scikit_learn_would_give() -> None:
    known = [*SPELLED, Spelled("کمک", "kmk"), Spelled("komak", "kmk")]
    texts = [
        *known,
        Spelled(""),
        Spelled("he hits me, he hits me"),
        Spelled("зовсім незнайоме"),
        Spelled("kumak", "kmk"),
    ]
    options = {"min_df": words.FEWEST_TEXTS, "sublinear_tf": True, "lowercase": False}

    vectoriser, rows = WordVectoriser.learned_from(known)
    kinds = []
    for kind, view in words._VIEWS.items():
        theirs = TfidfVectorizer(**options, **words._KINDS[kind]).fit([view(text) for text in known])
        names = vectoriser.kept()[kind]
        assert sorted(names) == sorted(theirs.vocabulary_)
        kinds.append(theirs.transform([view(text) for text in texts])[:, [theirs.vocabulary_[name] for name in names]])
    expected = hstack(kinds)

    assert abs(vectoriser.rows(texts) - expected).max() < 1e-5
    assert abs(vectoriser.rows(known) - rows).max() < 1e-5


@pytest.mark.parametrize(
    ("own", "latin", "locale"),
    [
        ("عايز مساعدة", "3ayez mosa3da", "ar"),
        ("شو اعمل", "sho a3mel", "ar"),
        ("کمک لازم دارم", "komak lazem daram", "fa"),
        ("پاسپورت", "paasport", "ur"),
        ("نوکری چاہیے", "naukri chahiye", "ur"),
    ],
)
def test_both_spellings_have_like_consonants(own: str, latin: str, locale: str) -> None:
    ours, theirs = consonants(own, iter([locale])), consonants(latin, iter([locale]))

    assert set(ours) - set(theirs) <= set("wy ")
    assert set(theirs) - set(ours) <= set("wy ")


def test_other_languages_have_no_consonants_of_their_own() -> None:
    assert consonants("where is the office", iter(["en", "ar"])) == ""
    assert consonants("کمک", iter([])) == ""


def test_groups_of_letters_are_counted_as_in_whole_texts() -> None:
    letters = CountVectorizer(analyzer="char_wb", ngram_range=(1, 4), lowercase=False)
    texts = [*TEXTS, "", "a", "  à  la \t𝛼𝛽 a\u0301"]

    groups, counts = counted_letters(texts, (1, 4))

    assert abs(counts - letters.fit_transform(texts)).max() == 0
    assert list(groups) == list(letters.get_feature_names_out())


def test_words_and_pairs_are_counted_as_scikit_learn_does() -> None:
    words = CountVectorizer(ngram_range=(1, 2), token_pattern=r"(?u)\w+", lowercase=False)
    texts = [*TEXTS, "", "?!", "a", "b a b a, b", "à la a\u0301"]

    names, counts = counted_words(texts)
    expected = words.fit_transform(texts)[:, [words.vocabulary_[name] for name in names]]

    assert len(names) == len(words.vocabulary_)
    assert abs(counts - expected).max() == 0


def test_support_vectors_end_where_those_of_scikit_learn_do_also_when_rows_come_later() -> None:
    rows, labels = WordVectoriser.learned_from(SPELLED)[1], np.unique(TOPICS, return_inverse=True)[1]
    counts = np.where(labels == 1, 3, 1).astype(np.float32)
    expected = LinearSVC(C=1.0, tol=1e-8, max_iter=10_000).fit(rows, labels, sample_weight=counts)

    vectors = SupportVectors(rows, labels, counts, regularisation=1.0)
    vectors.learn(np.arange(0, len(labels), 2), passes=20)
    halfway = vectors.weights.copy()
    vectors.learn(np.arange(len(labels)), passes=400)

    assert np.allclose(vectors.weights[:-1], expected.coef_.T, atol=1e-3)
    assert np.allclose(vectors.weights[-1], expected.intercept_, atol=1e-3)
    assert not np.allclose(halfway, vectors.weights, atol=0.1)


def test_a_regression_ends_where_that_of_scikit_learn_does_also_when_rows_come_later() -> None:
    rows, labels = WordVectoriser.learned_from(SPELLED)[1].toarray(), np.unique(TOPICS, return_inverse=True)[1]
    counts = np.where(labels == 1, 3, 1).astype(np.float32)
    expected = LogisticRegression(C=2.0, tol=1e-8, max_iter=1_000).fit(rows, labels, sample_weight=counts)

    regression = Regression(rows.shape[1], int(labels.max()) + 1, regularisation=2.0)
    regression.learn(rows[::2], labels[::2], counts[::2], steps=10)
    halfway = regression.weights.copy()
    regression.learn(rows, labels, counts, steps=1_000)

    assert np.allclose(regression.weights[:-1], expected.coef_.T, atol=1e-3)
    assert np.allclose(regression.weights[-1], expected.intercept_, atol=1e-3)
    assert not np.allclose(halfway, regression.weights, atol=0.1)


def test_descent_ends_near_that_of_scikit_learn_and_always_at_the_same_weights() -> None:
    rows, labels = WordVectoriser.learned_from(SPELLED)[1], np.unique(TOPICS, return_inverse=True)[1]
    expected = SGDClassifier(loss="log_loss", alpha=1e-3, max_iter=400, tol=None, random_state=0).fit(rows, labels)

    weights, bias = descended(rows, labels, penalty=1e-3, epochs=400)
    again, _ = descended(rows, labels, penalty=1e-3, epochs=400)

    assert np.allclose(weights, expected.coef_.T, atol=0.1)
    assert np.allclose(rows @ weights + bias, expected.decision_function(rows), atol=0.3)
    assert np.array_equal(weights, again)


def test_what_only_reads_messages_loads_no_compiler() -> None:
    loaded = "import sys; import nlu.box.locale_scores, nlu.box.topics; sys.exit('numba' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, check=False).returncode == 0


def test_a_restored_topic_model_gives_the_same_probabilities() -> None:
    _, words = WordVectoriser.learned_from(SPELLED)
    sense = np.random.default_rng(0).normal(size=(len(TEXTS), 8)).astype(np.float32)
    held_out = np.arange(len(TEXTS)) % 3 == 2
    model, unseen = taught(words, sense, TOPICS, held_out)

    restored = TopicModel.restored(model.kept())

    assert np.allclose(model.probabilities(words, sense), restored.probabilities(words, sense), atol=0.01)
    assert np.allclose(unseen.sum(axis=1), 1.0)
    assert unseen.shape == (held_out.sum(), len(set(TOPICS)))


def test_a_lesson_is_learned_once_for_the_same_questions(pipeline: list[object]) -> None:
    questions = [Message({TEXT: text, INTENT: topic}) for text, topic, _ in TRIPLES]
    for part in pipeline[:2]:
        part.process(questions)

    assert questions[0].get(WORDS) is not None
    assert lesson(questions) is lesson(questions)
    assert lesson(list(questions)) is not lesson(questions)


def test_what_counts_more_is_likelier() -> None:
    _, words = WordVectoriser.learned_from(SPELLED)
    held_out, counts = np.arange(len(TEXTS)) % 3 == 2, np.where(np.asarray(TOPICS) == "greet", 4, 1).astype(np.float32)

    evenly, more = taught(words, None, TOPICS, held_out)[0], taught(words, None, TOPICS, held_out, counts)[0]

    greet = evenly.topics.index("greet")
    assert more.words.scores(words)[:, greet].mean() > evenly.words.scores(words)[:, greet].mean()


def test_no_topic_is_held_out_whole() -> None:
    topics = ["pets"] * 2 * FEWEST_HELD_OUT + ["greet"]
    marks = [number % 2 == 0 for number in range(len(topics))]
    questions = [
        Message({INTENT: topic, "metadata": {"held_out": mark}}) for topic, mark in zip(topics, marks, strict=True)
    ]

    assert list(_held_out(questions)) == [*marks[:-1], False]


def test_only_new_texts_are_encoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "deep" / "vectors.sqlite"
    first = EncodedTexts(path).of(["one", "two", "one"])
    asked: list[str] = []
    real = encoded._encoded
    monkeypatch.setattr(encoded, "_encoded", lambda texts: asked.extend(texts) or real(texts))

    again = EncodedTexts(path).of(["three", "one"])

    assert asked == ["three"]
    assert np.array_equal(first[0], first[2])
    assert np.array_equal(again[1], first[0])
    with sqlite3.connect(path) as database:
        assert "one" not in "\n".join(database.iterdump())


def test_what_was_encoded_before_an_interruption_is_not_encoded_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, real = tmp_path / "vectors.sqlite", encoded._encoded

    def interrupted(texts: list[str]) -> Iterator[tuple[list[str], Vectors]]:
        yield next(real(texts[:1]))
        raise KeyboardInterrupt

    monkeypatch.setattr(encoded, "_encoded", interrupted)
    with pytest.raises(KeyboardInterrupt):
        EncodedTexts(path).of(["one", "two"])
    asked: list[str] = []
    monkeypatch.setattr(encoded, "_encoded", lambda texts: asked.extend(texts) or real(texts))
    EncodedTexts(path).of(["one", "two"])

    assert asked == ["two"]


@pytest.fixture(scope="module")
def locales() -> LocaleModel:
    return LocaleModel.learned_from(TEXTS, [locale for _, _, locale in TRIPLES])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Їжак їсть яблуко", "uk"),
        ("Cât costă biletul și unde este gara", "ro"),
        ("أين المستشفى من فضلك", "ar"),
        ("کیا آپ میری مدد کر سکتے ہیں", "ur"),
        ("Би өнөөдөр өлсөж байна", "mn"),
        ("Tôi cần giúp đỡ", "vi"),
        ("გამარჯობა", "ka"),
        ("בוא נלך", "he"),
        ("Ich brauche bitte Hilfe mit meinen Papieren", "de"),
        ("???", "und"),
        ("", "und"),
        ("12345 !!!", "und"),
    ],
)
def test_languages_are_known_without_questions_of_ours(locales: LocaleModel, text: str, language: str) -> None:
    assert next(iter(locales.scores(text))) == language


@pytest.mark.parametrize(("script", "share"), [("LATIN", 0.0), ("ARABIC", 1.0)])
def test_a_language_in_latin_letters_that_has_others_is_strange_to_the_detector(script: str, share: float) -> None:
    surely_urdu = np.asarray([9.0, -9.0])
    assert _share_of_known(surely_urdu, ["ur", "es"], script) == pytest.approx(share, abs=1e-6)


def test_short_texts_get_an_honest_confidence(locales: LocaleModel) -> None:
    assert max(locales.scores("ok").values()) < 0.7
    assert max(locales.scores("а").values()) < 0.9


def test_random_noise_is_no_sure_language(locales: LocaleModel) -> None:
    chance = random.Random(3)
    noise = ["".join(chance.choices("qxzjwkvbp", k=6)) for _ in range(30)]

    assert np.mean([max(locales.scores(text).values()) for text in noise]) < 0.8


@pytest.mark.parametrize(
    ("latin", "locale", "cyrillic"),
    [
        ("privet menya byot muzh", "ru", "привет меня бёт муж"),
        ("kak poluchit vremennuyu zaschitu", "ru", "как получит временную защиту"),
        ("hochu pogovorit s chelovekom", "ru", "хочу поговорит с человеком"),
        ("Shcho robyty", "uk", "що робити"),
        ("pryvit, meni potribna dopomoha", "uk", "привіт, мені потрібна допомога"),
        ("de otrymaty yizhu", "uk", "де отримати їжу"),
    ],
)
def test_latin_spellings_are_brought_back(latin: str, locale: str, cyrillic: str) -> None:
    assert in_cyrillic(latin, locale) == cyrillic


def _respeller() -> Respeller:
    """One that knows three questions."""
    questions = [("elvesztettem az útlevelem", "hu"), ("mất hộ chiếu", "vi"), ("гэрчилгээгээ гээсэн", "mn")]
    part = Respeller({})
    part.use(part.learn([Message({TEXT: text, "metadata": {"locale": locale}}) for text, locale in questions]))
    return part


@pytest.mark.parametrize(
    ("text", "scores", "respelled"),
    [
        ("de yizha", {"uk": 0.9}, "де їжа"),
        ("de yizha", {"uk": 0.4, "sl": 0.3}, "de yizha"),
        ("where is food", {"en": 0.9}, "where is food"),
        ("де їжа", {"uk": 1.0}, "де їжа"),
        ("Где је љубав", {"sr": 0.9}, "Gde je ljubav"),
        ("gde je hrana", {"sr": 0.9}, "gde je hrana"),
        ("كمك ميخواهم", {"fa": 0.9}, "کمک میخواهم"),
        ("أُريدُ مســاعدة", {"ar": 0.9}, "أريد مساعدة"),
        ("مجھے مدد چاهيے", {"ur": 0.9}, "مجھے مدد چاہیے"),
    ],
)
def test_only_what_is_likely_a_language_is_respelled(text: str, scores: dict[str, float], respelled: str) -> None:
    message = Message({TEXT: text, LOCALE_SCORES: scores})

    _respeller().read(message)

    assert message.get(TEXT) == respelled


@pytest.mark.parametrize(
    ("text", "locale", "respelled"),
    [
        ("elvesztettem az utlevelem", "hu", "elvesztettem az útlevelem"),
        ("mat ho chieu", "vi", "mất hộ chiếu"),
        ("gerchilgeegee geesen", "mn", "гэрчилгээгээ гээсэн"),
        ("mat ho chieu", "en", "mat ho chieu"),
    ],
)
def test_words_that_questions_have_are_spelled_as_there(text: str, locale: str, respelled: str) -> None:
    message = Message({TEXT: text, LOCALE_SCORES: {locale: 0.9}})

    _respeller().read(message)

    assert message.get(TEXT) == respelled


def test_questions_are_respelled_in_copies() -> None:
    questions = TrainingData()
    questions.training_examples = [Message({TEXT: "где је", LOCALE_SCORES: {"sr": 1.0}})]

    respelled = _respeller().process_training_data(questions)

    assert [each.get(TEXT) for each in respelled.training_examples] == ["gde je"]
    assert [each.get(TEXT) for each in questions.training_examples] == ["где је"]
