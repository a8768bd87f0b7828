"""What a turn leads to, in every state: no case, waiting, active, closed; with the model and without it."""

import dataclasses

import pytest

from actions.route import apologise, route
from actions.taps import tap
from content.content import Content
from desk import transitions
from road.case import Author, CaseState, Visibility
from road.outcome import Erasure
from road.reply import ConfirmTap, DropButtons, Lane
from road.team import Team
from road.turn import TurnKind
from road.understanding import UNAVAILABLE
from tests.app.unit.stage import NIGHT, buttons_of, case, html_of, said, scene, sent, session, tapped, understood, wrote

CRITICAL = [
    "emergency_immediate_danger",
    "medical_emergency",
    "suicide_self_harm",
    "trafficking_self_report",
    "trafficking_suspect_other",
    "domestic_violence_help",
    "sexual_violence_help",
    "child_in_danger",
    "missing_person_or_child",
    "unaccompanied_child",
    "smuggler_threat",
    "aid_worker_abuse",
    "homeless_tonight",
    "hungarian_victim_abroad",
]


def without(content: Content, topic: str, locale: str = "") -> Content:
    """The content as if a topic had no answer, or none in one locale."""
    gone = {(topic, which) for which in ([locale] if locale else content.languages)}
    articles = {key: article for key, article in content.articles.items() if key[:2] not in gone}
    return dataclasses.replace(content, articles=articles)


def urgent(topic: str, locale: str = "en"):  # type: ignore[no-untyped-def]
    return understood((topic, 0.9), locale=locale, urgent_topic=topic, urgent_confidence=0.97)


# Answering


def test_a_clear_question_is_answered_with_source_review_and_a_way_on(content: Content) -> None:
    outcome = route(wrote("where do i apply for protection"), scene(understood(("tp_how_to_apply", 0.93))), content)
    (say,) = said(outcome)
    assert "<b>How to apply for protection</b>" in say.html
    assert "Source:" in say.html
    assert "Not yet checked by our staff" in say.html
    assert {"1:y:tp_how_to_apply", "1:x:tp_how_to_apply", "1:p", "1:m", "1:a:tp_eligibility"} <= set(buttons_of(say))
    assert outcome.cases == ()
    assert outcome.session.last_topic == "tp_how_to_apply"


def test_what_was_said_stands_in_the_transcript(content: Content) -> None:
    outcome = route(wrote("pets?"), scene(understood(("pets", 0.93))), content)
    person, bot = outcome.entries
    assert (person.author, person.text, person.topic, person.confidence) == (Author.PERSON, "pets?", "pets", 0.93)
    assert bot.author is Author.BOT
    assert "<b>" not in bot.text


def test_an_unsure_reading_asks_back_with_up_to_three_topics_and_a_person(content: Content) -> None:
    reading = understood(("tp_eligibility", 0.40), ("tp_how_to_apply", 0.35), ("legal_aid", 0.15), ("pets", 0.01))
    (say,) = said(route(wrote("protection"), scene(reading), content))
    assert buttons_of(say) == ["1:a:tp_eligibility", "1:a:tp_how_to_apply", "1:a:legal_aid", "1:m", "1:p"]


def test_sensitive_topics_are_offered_under_one_neutral_title(content: Content) -> None:
    reading = understood(("domestic_violence_help", 0.3), ("sexual_violence_help", 0.25), ("legal_aid", 0.2))
    (say,) = said(route(wrote("he does things"), scene(reading), content))
    titles = [button.text for row in say.buttons for button in row]
    assert titles[0] == content.plain("topic.neutral", "en")
    assert not any("iolence" in title for title in titles)
    assert buttons_of(say)[:2] == ["1:a:domestic_violence_help", "1:a:legal_aid"]


def test_every_topic_can_be_offered_and_opened_in_every_language(content: Content) -> None:
    for topic in content.topics:
        for locale in content.languages:
            here = scene(understood((topic, 0.4), ("pets", 0.3), locale=locale), session=session(locale))
            for button in buttons_of(*said(route(wrote("…a"), here, content))):
                assert html_of(route(tapped(button), here, content)), (topic, locale, button)


@pytest.mark.parametrize("topic", ["privacy_and_data", "hide_or_erase_chat"])
def test_what_is_kept_and_how_it_goes_are_offered_and_shown_without_opening_a_case(
    content: Content, topic: str
) -> None:
    (say,) = said(route(wrote("…a"), scene(understood((topic, 0.4), ("pets", 0.3))), content))
    shown = route(tapped(buttons_of(say)[0]), scene(None), content)
    assert html_of(shown) == html_of(route(wrote("…a"), scene(understood((topic, 0.95))), content))
    assert shown.cases == ()


def test_what_nothing_fits_goes_to_a_person(content: Content) -> None:
    outcome = route(wrote("my thing with the thing"), scene(understood(("pets", 0.08))), content)
    (opened,) = outcome.cases
    assert (opened.state, opened.opened_why, opened.visibility) == (CaseState.WAITING, "unsure", Visibility.ALL)


def test_a_known_topic_without_an_answer_goes_to_a_person(content: Content) -> None:
    (opened,) = route(wrote("about that"), scene(understood(("pets", 0.95))), without(content, "pets")).cases
    assert opened.topic in ("pets", "")


def test_a_missing_translation_is_given_in_english_and_said_so_in_the_persons_language(content: Content) -> None:
    reading = understood(("pets", 0.93), locale="mn")
    (say,) = said(route(wrote("нохой"), scene(reading, session=None), without(content, "pets", "mn")))
    assert content.text("answer.only_english", "mn") in say.html
    assert content.text("answer.only_english", "mn") != content.text("answer.only_english", "en")


# Handing over


def test_asking_for_a_person_opens_a_case_and_tells_the_place(content: Content) -> None:
    reading = understood(("talk_to_human_operator", 0.95), locale="uk")
    here = scene(reading, session=session("uk"), on_duty=True, waiting={"all:uk:": 3})
    outcome = route(wrote("хочу поговорити з людиною"), here, content)
    (opened,) = outcome.cases
    assert (opened.id, opened.opened_why, opened.locale) == ("NEW234", "asked", "uk")
    assert content.text("handover.place", "uk", n=4) in html_of(outcome)
    assert (opened.told_place, opened.told_at) == (4, NIGHT)
    assert outcome.pages == ()


def test_with_nobody_on_duty_the_person_hears_so_and_when_and_112(content: Content) -> None:
    reading = understood(("talk_to_human_operator", 0.95))
    reads = dataclasses.replace(content, teams={"all": Team(id="all", name="All", hours="Mo-Su 09:00-17:00")})
    html = html_of(route(wrote("a person please"), scene(reading), reads))
    assert "Nobody is reading right now" in html
    assert "112" in html
    assert "place" not in html.lower()


def test_asking_twice_opens_one_case(content: Content) -> None:
    reading = understood(("talk_to_human_operator", 0.95))
    waiting = case(id="OLD234")
    outcome = route(
        wrote("a person please"), scene(reading, waiting, on_duty=True, ahead={"OLD234": {"all:en:": 1}}), content
    )
    assert [(each.id, each.told_place) for each in outcome.cases] == [("OLD234", 2)]
    assert content.text("handover.place", "en", n=2) in html_of(outcome)


def test_while_waiting_the_bot_still_answers(content: Content) -> None:
    outcome = route(wrote("and my dog?"), scene(understood(("pets", 0.93)), case()), content)
    assert "Source:" in html_of(outcome)


def test_while_a_person_has_the_chat_the_bot_is_silent_but_everything_is_passed_on(content: Content) -> None:
    outcome = route(wrote("and my dog?"), scene(understood(("pets", 0.93)), case(CaseState.ACTIVE)), content)
    assert outcome.replies == ()
    assert [entry.text for entry in outcome.entries] == ["and my dog?"]


def test_after_close_the_bot_answers_again(content: Content) -> None:
    closed = case(CaseState.CLOSED, closed_at=NIGHT - 5)
    assert "Source:" in html_of(route(wrote("and my dog?"), scene(understood(("pets", 0.93)), closed), content))


def test_a_person_can_leave_the_queue(content: Content) -> None:
    outcome = route(tapped(tap("q")), scene(None, case()), content)
    assert outcome.cases[0].state is CaseState.CLOSED
    again = route(tapped(tap("q")), scene(None), content)
    assert again.cases == ()


# Danger


@pytest.mark.parametrize("topic", CRITICAL)
def test_every_critical_topic_gives_numbers_at_once_and_calls_people(content: Content, topic: str) -> None:
    outcome = route(wrote("…"), scene(urgent(topic)), content)
    say, (opened,), (page,) = said(outcome)[0], outcome.cases, outcome.pages
    assert any(character.isdigit() for character in say.html)
    assert say.lane is Lane.URGENT
    assert buttons_of(say) == [f"1:n:{topic}", f"1:i:{topic}"]
    assert (opened.critical, opened.alarm, opened.topic) == (True, True, topic)
    assert page.group == content.topics[topic].page
    assert "Source" not in say.html


@pytest.mark.parametrize("locale", ["uk", "hu", "en", "ru", "ar", "mn"])
def test_the_staffs_phrases_hold_without_the_model(content: Content, locale: str) -> None:
    phrase = {
        "uk": "мене б'є чоловік",
        "hu": "meg akarom ölni magam",
        "en": "he is beating me",
        "ru": "я хочу умереть",
        "ar": "زوجي يضربني",
        "mn": "нөхөр маань намайг зодож байна",
    }[locale]
    outcome = route(wrote(phrase), scene(UNAVAILABLE, session=session(locale)), content)
    assert outcome.cases
    assert outcome.cases[0].critical
    assert "112" in html_of(outcome)


def test_danger_while_an_operator_has_the_chat_sends_numbers_once_per_topic_and_raises_the_case(
    content: Content,
) -> None:
    active = case(CaseState.ACTIVE)
    first = route(wrote("first"), scene(urgent("domestic_violence_help"), active), content)
    assert "112" in html_of(first)
    assert (first.cases[0].operator, first.cases[0].alarm) == ("anna", True)
    second = route(
        wrote("second"),
        scene(urgent("domestic_violence_help"), first.cases[0], session=first.session),
        content,
    )
    assert second.replies == ()
    assert second.cases[0].alarm
    other = route(
        wrote("third"),
        scene(urgent("medical_emergency"), second.cases[0], session=second.session),
        content,
    )
    assert "112" in html_of(other) or "104" in html_of(other)


def test_danger_wins_over_a_command_and_over_what_else_is_asked(content: Content) -> None:
    reading = understood(("pets", 0.9), urgent_topic="domestic_violence_help", urgent_confidence=0.9)
    assert route(wrote("/menu he beats me, and can i bring my dog"), scene(reading), content).pages


def test_wanting_information_gives_the_answer_and_stops_paging(content: Content) -> None:
    raised = route(wrote("…"), scene(urgent("domestic_violence_help")), content).cases[0]
    outcome = route(tapped(tap("i", "domestic_violence_help")), scene(None, raised), content)
    assert "Source" in html_of(outcome)
    assert (outcome.cases[0].critical, outcome.cases[0].alarm) == (False, False)
    assert "1:n:domestic_violence_help" in buttons_of(*outcome.replies)


@pytest.mark.parametrize(
    "topic", ["suicide_self_harm", "child_in_danger", "unaccompanied_child", "missing_person_or_child"]
)
def test_four_topics_stay_paged_whatever_is_tapped(content: Content, topic: str) -> None:
    raised = route(wrote("…"), scene(urgent(topic)), content).cases[0]
    outcome = route(tapped(tap("i", topic)), scene(None, raised), content)
    assert outcome.cases == ()
    other = route(tapped(tap("i", "medical_emergency")), scene(None, raised), content)
    assert other.cases == ()


def test_needing_help_raises_again_after_information(content: Content) -> None:
    raised = route(wrote("…"), scene(urgent("trafficking_self_report")), content).cases[0]
    lowered = route(tapped(tap("i", "trafficking_self_report")), scene(None, raised), content).cases[0]
    again = route(tapped(tap("n", "trafficking_self_report")), scene(None, lowered), content)
    assert (again.cases[0].critical, again.cases[0].alarm) == (True, True)


def test_pressing_need_help_twice_calls_staff_once(content: Content) -> None:
    first = route(tapped(tap("n", "medical_emergency")), scene(None), content)
    second = route(tapped(tap("n", "medical_emergency")), scene(None, first.cases[0], session=first.session), content)
    assert len(first.pages) == 1
    assert second.pages == ()
    assert second.cases[0].alarm


def test_danger_in_a_case_that_somebody_took_and_nobody_claimed_calls_again(content: Content) -> None:
    (first,) = route(tapped(tap("u")), scene(None), content).cases
    taken = transitions.seen(first, at=NIGHT, by="anna")
    alarmed = session(alarmed=("emergency_immediate_danger",))
    assert route(tapped(tap("u")), scene(None, taken, session=alarmed), content).pages
    claimed = transitions.claimed(taken, at=NIGHT, by="anna")
    assert route(tapped(tap("u")), scene(None, claimed, session=alarmed), content).pages == ()


def test_a_report_about_a_helper_goes_to_focal_points_alone_and_so_does_what_follows(content: Content) -> None:
    ordinary = case(CaseState.ACTIVE)
    outcome = route(wrote("the volunteer wants sex for a bed"), scene(urgent("aid_worker_abuse"), ordinary), content)
    (focal,) = outcome.cases
    assert (focal.id, focal.visibility) == ("NEW234", Visibility.FOCAL)
    assert {entry.visibility for entry in outcome.entries} == {Visibility.FOCAL}
    assert outcome.pages[0].group == "focal"
    later = route(wrote("it was yesterday"), scene(understood(("pets", 0.1)), ordinary, focal), content)
    assert {entry.visibility for entry in later.entries} == {Visibility.FOCAL}


def test_no_page_of_a_person_in_danger_names_topic_or_text(content: Content) -> None:
    page = route(wrote("my husband beats me"), scene(urgent("domestic_violence_help")), content).pages[0]
    assert "husband" not in page.html
    assert "iolence" not in page.html
    assert "NEW234" in page.html


# What can't be read


@pytest.mark.parametrize("kind", [TurnKind.VOICE, TurnKind.PHOTO, TurnKind.STICKER, TurnKind.UNKNOWN])
def test_what_is_not_text_gets_112_urgent_help_and_a_person(content: Content, kind: TurnKind) -> None:
    (say,) = said(route(sent(kind), scene(None, session=None), content))
    assert "112" in say.html
    assert {"1:u", "1:p"} <= set(buttons_of(say))
    assert say.locale == "ar"


@pytest.mark.parametrize("text", ["", "🙂🙂", "???", "123 456"])
def test_text_without_a_word_gets_the_same_card(content: Content, text: str) -> None:
    (say,) = said(route(wrote(text), scene(understood(("pets", 0.9))), content))
    assert "1:u" in buttons_of(say)


def test_a_language_that_we_have_no_card_in_gets_the_one_in_the_persons_locale(content: Content) -> None:
    reading = understood(("pets", 0.9), locale="fi", sure=0.95)
    (say,) = said(route(wrote("tarvitsen passin koiralleni"), scene(reading), content))
    assert "112" in say.html
    assert {"1:u", "1:p", "1:l"} <= set(buttons_of(say))


def test_without_the_model_the_menu_112_urgent_help_and_a_person_remain(content: Content) -> None:
    (say,) = said(route(wrote("where can i get food"), scene(UNAVAILABLE), content))
    assert {"1:u", "1:p", "1:m"} <= set(buttons_of(say))
    assert "112" in say.html


def test_a_voice_message_reaches_the_operator_who_has_the_chat(content: Content) -> None:
    outcome = route(sent(TurnKind.VOICE), scene(None, case(CaseState.ACTIVE)), content)
    assert outcome.replies == ()
    assert outcome.entries[0].kind == "voice"


def test_somebody_who_blocked_the_bot_is_sent_nothing(content: Content) -> None:
    assert route(sent(TurnKind.LEFT), scene(None, case()), content).replies == ()


# Buttons, commands, languages


@pytest.mark.parametrize("data", ["", "a:pets", "0:a:pets", "1:zz", "1:a:no_such_topic", "1:g:no_such_group", "x" * 64])
def test_an_old_or_broken_button_leads_to_the_menu(content: Content, data: str) -> None:
    outcome = route(tapped(data), scene(None), content)
    assert any(data.startswith("1:g:") for data in buttons_of(*outcome.replies))
    assert any(isinstance(reply, ConfirmTap) for reply in outcome.replies)


def test_the_menu_leads_to_every_answer(content: Content) -> None:
    groups = [d for d in buttons_of(*route(wrote("/menu"), scene(None), content).replies) if d.startswith("1:g:")]
    reached = {d for g in groups for d in buttons_of(*route(tapped(g), scene(None), content).replies)}
    answered = {f"1:a:{topic}" for topic in content.topics if content.article(topic, "en")}
    assert len(answered) > 50
    assert answered <= reached


def test_every_button_fits_telegram(content: Content) -> None:
    topics = [t for t in content.topics if content.article(t, "en")]
    for topic in topics:
        outcome = route(tapped(tap("a", topic)), scene(None), content)
        assert all(len(data.encode()) <= 64 for data in buttons_of(*outcome.replies))


def test_a_vote_counts_once(content: Content) -> None:
    outcome = route(tapped(tap("y", "pets")), scene(None), content)
    assert DropButtons(message_id=40) in outcome.replies


def test_choosing_a_language_repeats_the_last_answer_in_it(content: Content) -> None:
    here = scene(None, session=session("en", last_topic="pets"))
    outcome = route(tapped(tap("l", "hu")), here, content)
    assert (outcome.session.locale, outcome.session.locale_chosen) == ("hu", True)
    assert {say.locale for say in said(outcome)} == {"hu"}
    assert len(said(outcome)) == 2


def test_a_chosen_language_outweighs_what_is_written(content: Content) -> None:
    here = scene(understood(("pets", 0.93), locale="ru"), session=session("uk", locale_chosen=True))
    assert route(wrote("собака"), here, content).session.locale == "uk"


def test_a_first_message_in_a_doubtful_language_is_answered_and_asked_about(content: Content) -> None:
    outcome = route(wrote("pets"), scene(understood(("pets", 0.93), sure=0.4), session=None), content)
    assert "1:l:uk" in buttons_of(*outcome.replies)
    assert "Source" in html_of(outcome)


def test_a_doubtful_language_is_answered_in_the_likeliest_and_asked_about_later_too(content: Content) -> None:
    here = scene(understood(("pets", 0.93), locale="hu", sure=0.6), session=session("uk"))
    outcome = route(wrote("kutya"), here, content)
    assert {say.locale for say in said(outcome)} == {"hu"}
    assert "1:l:uk" in buttons_of(*outcome.replies)


def test_a_doubt_that_earlier_messages_settle_is_not_asked_about(content: Content) -> None:
    here = scene(understood(("pets", 0.93), locale="uk", sure=0.6), session=session("uk"))
    assert "1:l:uk" not in buttons_of(*route(wrote("собака"), here, content).replies)


def test_who_chose_a_language_is_never_asked_for_it_again(content: Content) -> None:
    here = scene(understood(("pets", 0.93), locale="hu", sure=0.3), session=session("uk", locale_chosen=True))
    outcome = route(wrote("kutya"), here, content)
    assert {say.locale for say in said(outcome)} == {"uk"}
    assert "1:l:uk" not in buttons_of(*outcome.replies)


def test_a_command_is_in_no_language(content: Content) -> None:
    reading = understood(("greet", 0.9), locale="en", sure=0.9)
    outcome = route(wrote("/start", client_locale="uk"), scene(reading, session=None), content)
    assert {say.locale for say in said(outcome)} == {"uk"}
    assert "1:l:hu" not in buttons_of(*outcome.replies)


@pytest.mark.parametrize("command", ["/start", "/start ref_1", "/help", "/MENU", "/privacy@hotline_bot", "/language"])
def test_commands_are_known(content: Content, command: str) -> None:
    html = html_of(route(wrote(command), scene(understood(("pets", 0.1))), content))
    assert html
    assert content.text("command.unknown", "en") not in html


def test_an_unknown_command_says_so(content: Content) -> None:
    html = html_of(route(wrote("/frobnicate"), scene(understood(("pets", 0.1))), content))
    assert content.text("command.unknown", "en") in html


@pytest.mark.parametrize(
    "topic",
    ["greet", "goodbye", "thanks", "change_language", "repeat_or_explain", "bot_challenge", "privacy_and_data",
     "hide_or_erase_chat", "out_of_scope"],
)  # fmt: skip
def test_conversation_is_answered_without_opening_a_case(content: Content, topic: str) -> None:
    outcome = route(wrote("…a"), scene(understood((topic, 0.95))), content)
    assert html_of(outcome)
    assert outcome.cases == ()


@pytest.mark.parametrize(("before", "offered"), [("", []), ("pets", ["1:a:pets"])], ids=["nothing", "pets"])
def test_what_is_out_of_scope_may_have_been_about_the_topic_before(
    content: Content, before: str, offered: list[str]
) -> None:
    here = scene(understood(("out_of_scope", 0.95)), session=session("en", last_topic=before))
    (say,) = said(route(wrote("and what does it cost"), here, content))
    assert [data for data in buttons_of(say) if data.startswith("1:a:")] == offered


def test_a_sensitive_topic_before_is_offered_under_its_neutral_title(content: Content) -> None:
    here = scene(understood(("out_of_scope", 0.95)), session=session("en", last_topic="domestic_violence_help"))
    (say,) = said(route(wrote("and what does it cost"), here, content))
    assert say.buttons[0][0].text == content.title("domestic_violence_help", "en")
    assert "violence" not in say.buttons[0][0].text.lower()


def test_simpler_gives_the_beginning_of_the_last_answer(content: Content) -> None:
    here = scene(understood(("repeat_or_explain", 0.95)), session=session("en", last_topic="tp_how_to_apply"))
    whole = content.answer("tp_how_to_apply", "en", form="full", now=NIGHT)
    html = html_of(route(wrote("i did not understand"), here, content))
    assert whole
    assert len(html) < len(whole.html) + 200
    assert whole.html.split("\n\n")[0] in html


# Hiding and erasing


def test_hide_asks_nothing_and_says_what_remains(content: Content) -> None:
    outcome = route(wrote("/hide"), scene(None), content)
    assert outcome.erasure is Erasure.HIDE
    assert "/forget" in html_of(outcome)


def test_forget_erases_at_once_and_leaves_no_entry(content: Content) -> None:
    outcome = route(wrote("/forget"), scene(None, session=session("uk", last_topic="pets")), content)
    assert outcome.erasure is Erasure.FORGET
    assert outcome.entries == ()
    assert outcome.session.last_topic == ""


def test_forget_with_an_open_case_first_says_that_nobody_will_come(content: Content) -> None:
    asked = route(wrote("/forget"), scene(None, case()), content)
    assert asked.erasure is Erasure.NONE
    assert buttons_of(*asked.replies) == ["1:fy", "1:h", "1:c"]
    assert route(tapped(tap("fy")), scene(None, case()), content).erasure is Erasure.FORGET
    assert route(tapped(tap("c")), scene(None, case()), content).erasure is Erasure.NONE


# When everything fails


def test_the_apology_opens_a_case_and_names_112(content: Content) -> None:
    outcome = apologise(wrote("…"), scene(UNAVAILABLE), content)
    assert outcome.cases[0].opened_why == "failed"
    assert "112" in html_of(outcome)


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b> & <script>",
        "*x* _y_ `z`",
        "\u202eevil\u202c",
        "\u200b\u200b",
        "\ud83d",
        '{"a": 1}',
        "/",
        "a" * 100_000,
    ],
)
def test_hostile_text_never_breaks_a_decision_and_is_never_echoed(content: Content, text: str) -> None:
    outcome = route(wrote(text), scene(understood(("pets", 0.05))), content)
    assert outcome.replies
    assert "<script>" not in html_of(outcome)


# Surges


def test_who_asks_about_an_ordinary_topic_is_counted_for_it(content: Content) -> None:
    assert route(wrote("and my dog?"), scene(understood(("pets", 0.93))), content).asked == "pets"
    assert route(tapped(tap("a", "pets")), scene(None), content).asked == "pets"
    assert route(wrote("and my dog?"), scene(understood(("pets", 0.93))), without(content, "pets")).asked == "pets"


@pytest.mark.parametrize("topic", ["thanks", "hungarian_victim_abroad", "domestic_violence_help"])
def test_nobody_is_counted_for_small_talk_or_for_what_nobody_should_know(content: Content, topic: str) -> None:
    assert route(wrote("hm, please"), scene(understood((topic, 0.95))), content).asked == ""
    assert route(tapped(tap("a", topic)), scene(None), content).asked == ""


@pytest.mark.parametrize(
    ("text", "heard", "own_text"),
    [
        ("how do I apply", understood(("tp_how_to_apply", 0.95)), "answer:tp_how_to_apply"),
        ("hello", understood(("greet", 0.95)), ""),
    ],
)
def test_the_transcript_says_which_answer_it_was(content, text, heard, own_text):
    outcome = route(wrote(text), scene(heard), content)
    bot = [entry for entry in outcome.entries if entry.author is Author.BOT]
    assert [(entry.own_text, entry.locale) for entry in bot[:1]] == [(own_text, "en")]


def test_the_transcript_says_which_numbers_were_sent(content):
    heard = understood(("suicide_self_harm", 0.9), urgent_topic="suicide_self_harm", urgent_confidence=0.95)
    outcome = route(wrote("I want to end my life"), scene(heard), content)
    assert next(each.own_text for each in outcome.entries if each.author is Author.BOT) == "now:suicide_self_harm"
