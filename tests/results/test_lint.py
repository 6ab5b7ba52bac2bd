"""The lint of a release: a number without a source stops it, a word that says too much warns."""

from __future__ import annotations

import pytest

from hotspots.results.rules.lint import BoundFigure, Report, lint_release
from hotspots.results.rules.release_text import BlockKind, read_release
from hotspots.results.rules.starting_text import starting_text

FIGURES = {"a": BoundFigure(261), "b": BoundFigure(22), "small": BoundFigure(3, is_protected=True)}
INNOCENT = "Each person is presumed innocent unless proven guilty in court."


def lint(body: str, *, title: str = "A title", literals: dict[str, str] | None = None) -> Report:
    """Lint a text with two figures at hand."""
    return lint_release(read_release(title, body), FIGURES, literals or {})


def stops(body: str, **given: object) -> list[str]:
    """Give what stops a text."""
    return [one.excerpt for one in lint(body, **given).stops]  # type: ignore[arg-type]


def rules(body: str) -> set[str]:
    """Give the rules that a text breaks, stopping or warning."""
    return {one.rule for one in lint(body).problems}


@pytest.mark.parametrize(
    ("body", "excerpt"),
    [
        ("Some 30 organizations.", "30"),
        ("We counted 1,210 of them.", "1,210"),
        ("The 5th annual operation.", "5"),
        ("In 2021 it was held.", "2021"),
        ("Two people.", "Two"),
        ("Twenty-two people.", "Twenty-two"),
        ("Two hundred and sixty one people.", "Two hundred and sixty one"),
        ("Dozens of people.", None),
        ("The fifth operation.", "fifth"),
        ("Hundreds of people.", "Hundreds"),
        ("2*6*1 people.", "261"),
        ("twen*ty* people", "twenty"),
        ("tw\u200bo people", "tw\u200bo"),
        ("&#50;61 people", "261"),
        ("&#x32; people", "2"),
        ("\u0662\u0666 people", "\u0662"),
        ("\uff12 people", "\uff12"),
        ("x\u00b2", "\u00b2"),
        ("\u2166 people", "\u2166"),
        ("\u00bd of them", "\u00bd"),
        ("[here 7](/results)", "7"),
        ("## 9 lives", "9"),
        ("> 12 people\n> -- The Sheriff", "12"),
        ("> People\n> -- Officer 12", "12"),
        ("- 14 nights", "14"),
        ("    3 spaces", "3"),
        ("`4`", "4"),
        ("<b>6</b>", "6"),
        ("# 8 in the lead", "8"),
        ("Call 888-373-7889.", "888"),
        ("In May 22 people came.", "22"),
        ("On October 261 came.", "261"),
        ("PC 647(b)(2) and 261 people", "261"),
        ("PC 22 people", "22"),
        ("{{ a }}5 people", "5"),
        ("Threefold more.", "Threefold"),
        ("A tenfold rise.", "tenfold"),
        ("Some twentytwo people.", "twentytwo"),
        ("Onehundred people.", "Onehundred"),
        ("A trillion of them.", "trillion"),
        ("Triple the number.", "Triple"),
        ("It tripled.", "tripled"),
        ("Three fourths of them.", "Three fourths"),
        ("Some sixths.", "sixths"),
        ("In the twenties.", "twenties"),
        ("Tens of people.", "Tens"),
        ("We met 233733 people.", "233733"),
        ("[233733](/results) people", "233733"),
        ("Both agencies took part.", "Both"),
        ("A couple of people.", "couple"),
        ("A pair of brothers.", "pair"),
        ("Pairs of officers.", "Pairs"),
        ("The duo, the trio and a quartet.", "quartet"),
        ("A score of people.", "score"),
        ("Scores\nof people.", "Scores"),
        ("They came in sixes.", "sixes"),
        ("II people came.", "II"),
        ("The III. operation.", "III"),
        ("XXII people.", "XXII"),
        ("In MMXXI it was held.", "MMXXI"),
        ("I\u200bI people.", "I\u200bI"),
        ("X*X*II people.", "XXII"),
    ],
)
def test_a_number_without_a_source_stops(body: str, excerpt: str | None) -> None:
    found = stops(body)

    assert found if excerpt is None else excerpt in found


@pytest.mark.parametrize(
    "body",
    [
        "{{ a }} responses and {{ b|words }} citations.",
        "{{ a }}, {{ b }}, and ({{ a }}): {{ b }}.",
        "On October 9, 2021, and in January 2022.",
        "From October 1 to 31, 2021.",
        "From October 14 to November 2, 2021.",
        "As of Nov. 5, 2021; 2021-11-09; 9 November 2021.",
        "It ends on Oct 9.",
        "From 21:00 to 02:30, or 9 p.m., or 9:30 a.m.",
        "Call 1-888-373-7888, (888) 373-7888 or text 233733.",
        "[1-888-373-7888](tel:+18883737888)",
        "Send a message to [233733](sms:233733), or text [233733](sms:233733).",
        "PC 647(b)(2), Penal Code section 236.1(c)(1), PC 266h and 266i, Evid. 1038, 18 U.S.C. 1591.",
        "PC 25850(c)(6).",
        "Often, tenderly, for everyone: weight, height, freight.",
        "Title IX, Part IV and Article XX; a CSV file, a CIVIL case, an ILL wind, in Washington, DC.",
        "I know: the X and the V. A botherer scored; a repair; the match's score.",
        "xxii is not written so, nor IIX, nor XXIIa.",
        "",
    ],
)
def test_figures_dates_the_hotline_and_statutes_stand(body: str) -> None:
    assert stops(body) == []


def test_a_literal_excuses_the_marked_words_and_nothing_else() -> None:
    marked = {"more than 30 organizations": "member list"}

    assert stops("A coalition of more than 30\norganizations.", literals=marked) == []
    assert stops("A coalition of more than 30 people.", literals=marked) == ["30"]
    assert stops("There were 130 organizations.", literals={"30 organizations": "x"}) == ["130"]
    assert stops("30,000 came.", literals={"30": "x"}) == ["30,000"]
    assert stops("30 came.", literals={"30": "x"}) == []


def test_the_finding_says_where_and_what_could_be_marked() -> None:
    report = lint("A line.\n\nThe operation was asked for\nby **more than** 30 organizations.")

    (problem,) = report.stops
    assert (problem.place, problem.line, problem.column, problem.excerpt) == ("Line 4", 4, 18, "30")
    assert problem.may_mark == "more than 30 organizations"


def test_the_second_of_two_equal_numbers_has_its_own_column() -> None:
    assert [one.column for one in lint("7 and 7 and 7").stops] == [1, 7, 13]


def test_the_title_is_linted_too() -> None:
    (problem,) = lint("", title="The 5th operation").stops

    assert (problem.place, problem.excerpt) == ("Title", "5")


@pytest.mark.parametrize(
    "word", ["perpetrators", "Rescued", "prostitute", "johns", "john", "pimp", "a convicted man", "a 17-year-old"]
)
def test_a_word_that_says_too_much_warns_and_says_why(word: str) -> None:
    found = [one for one in lint(f"It was {word} there.").warnings if one.rule == "wording"]

    assert len(found) == 1
    assert "." in found[0].sentence


@pytest.mark.parametrize("body", ["John Street was closed.", "unless proven guilty", "those convicted may face jail"])
def test_the_same_letters_with_another_meaning_do_not_warn(body: str) -> None:
    assert "wording" not in rules(body)


def test_a_word_can_be_kept_with_a_reason() -> None:
    report = lint("People were rescued.", literals={"rescued": "the speaker's own word"})

    assert [one.rule for one in report.warnings] == []


def test_charges_without_the_presumption_of_innocence_warn() -> None:
    assert "presumption" in rules("People were charged.")
    assert "presumption" not in rules(f"People were charged. {INNOCENT}")


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("{{ unknown }} people", "figure_missing"),
        ("{{ small }} people", "figure_small"),
        ("{{ a }}{{ b }} people", "figure_joined"),
        ("x{{ a }} people", "figure_joined"),
        ("{{ a }}.{{ b }} people", "figure_joined"),
        ("{{ a }},{{ b }} people", "figure_joined"),
        ("{{ a }}/{{ b }} people", "figure_joined"),
        ("{{ a }}-{{ b }} people", "figure_joined"),
        ("{{ a }}\u200b{{ b }} people", "figure_joined"),
        ("-{{ a }} people", "figure_changed"),
        ("+{{ a }} people", "figure_changed"),
        ("It was \u2212{{ a }} people", "figure_changed"),
        (starting_text(), "starting_quotation"),
        ("{{ a }}% of them", "figure_changed"),
        ("{{ a }} percent of them", "figure_changed"),
        ("{{ a b }} people", "figure_unread"),
        ("{{ A }} people", "figure_unread"),
        ("1. first\n2. then", "numbered_list"),
        ("tw\u043e people", "alphabets"),
        ("[x](http://a.example)", "link"),
        ("[x](https://a.example/7)", "link_number"),
    ],
)
def test_what_would_say_something_else_stops(body: str, rule: str) -> None:
    assert rule in {one.rule for one in lint(body).stops}


def test_a_small_figure_about_people_in_need_stops_and_a_zero_does_not() -> None:
    text = read_release("T", "{{ n }} people")

    small = lint_release(text, {"n": BoundFigure(10, is_protected=True)}, {})
    none = lint_release(text, {"n": BoundFigure(0, is_protected=True)}, {})
    enough = lint_release(text, {"n": BoundFigure(11, is_protected=True)}, {})

    assert [len(one.stops) for one in (small, none, enough)] == [1, 0, 0]


def test_no_html_code_or_image_is_read() -> None:
    text = read_release("T", "<script>x</script>\n\n![a](b.png)\n\n```\ncode\n```\n\n[a]: /b 'c'")

    assert {block.kind for block in text.blocks} == {BlockKind.PARAGRAPH}
    assert "<script>" in text.blocks[0].flat


def test_a_quotation_has_its_speaker() -> None:
    text = read_release("T", "> One sentence.\n> Another.\n> -- The District Attorney")

    assert [block.kind for block in text.blocks] == [BlockKind.QUOTATION, BlockKind.SPEAKER]
    assert text.blocks[1].flat == "The District Attorney"


def test_the_text_that_a_release_starts_with_has_nothing_that_stops_it_but_its_figures_and_its_quotation() -> None:
    assert {one.rule for one in lint(starting_text()).stops} == {"figure_missing", "starting_quotation"}
