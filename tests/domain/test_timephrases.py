"""Time phrases: each right to the minute, or refused; on a Sunday evening, 22 November 2026, 20:00 in Istanbul."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.timephrases.phrasebook import PHRASEBOOK
from bot.domain.timephrases.reading import UnclearError, read
from bot.domain.timephrases.tokens import fold

ISTANBUL = ZoneInfo("Europe/Istanbul")
NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=ISTANBUL)

SAID = {
    "en": {
        "friday 8pm": "11-27 20:00",
        "Friday, 8 p.m.": "11-27 20:00",
        "friday evening at 8": "11-27 20:00",
        "half past eight friday evening": "11-27 20:30",
        "tomorrow at 20:30": "11-23 20:30",
        "the day after tomorrow 8 pm": "11-24 20:00",
        "tonight at 9": "11-22 21:00",
        "this saturday 21h": "11-28 21:00",
        "noon on sunday": "11-29 12:00",
        "28 nov 19:00": "11-28 19:00",
        "November 28th, 7pm": "11-28 19:00",
        "saturday 28 november 19:00": "11-28 19:00",
        "28 february 2027 7:30 pm": "2027-02-28 19:30",
        "2 jan 20:00": "2027-01-02 20:00",
        "28/11 20:00": "11-28 20:00",
        "in 2 hours": "11-22 22:00",
        "in 2 hours 30 minutes": "11-22 22:30",
        "sunday 9pm": "11-22 21:00",
        "sunday 8pm": "11-29 20:00",
        "monday 08:30": "11-23 08:30",
    },
    "tr": {
        "cuma 20:00": "11-27 20:00",
        "cuma akşamı 8'de": "11-27 20:00",
        "yarın akşam 8": "11-23 20:00",
        "YARIN AKŞAM SEKİZ BUÇUK": "11-23 20:30",
        "yarin aksam 8 bucukta": "11-23 20:30",
        "bu akşam 9'da": "11-22 21:00",
        "cumartesi saat 21:30": "11-28 21:30",
        "pazar günü saat 20": "11-29 20:00",
        "haftaya cuma 20.00": "11-27 20:00",
        "haftaya pazar akşam 7": "11-29 19:00",
        "öbür gün 20:00": "11-24 20:00",
        "yarın öğlen 1": "11-23 13:00",
        "salı öğleden sonra 4": "11-24 16:00",
        "28 kasım 19:00": "11-28 19:00",
        "28 Kasım Cumartesi saat 19.30": "11-28 19:30",
        "28.11.2026 21:00": "11-28 21:00",
        "bugün 21:00": "11-22 21:00",
        "2 saat sonra": "11-22 22:00",
        "30 dakika sonra": "11-22 20:30",
    },
    "ko": {
        "금요일 저녁 8시": "11-27 20:00",
        "금요일 저녁 8시 반": "11-27 20:30",
        "금요일 저녁 여덟시 반에": "11-27 20:30",
        "금요일 저녁 여덟 시에": "11-27 20:00",
        "내일 오후 8시 30분": "11-23 20:30",
        "내일 20시": "11-23 20:00",
        "오늘 밤 9시": "11-22 21:00",
        "오늘밤 9시": "11-22 21:00",
        "모레 오후3시": "11-24 15:00",
        "11월 28일 오후 7시": "11-28 19:00",
        "11월 28일 토요일 19:00": "11-28 19:00",
        "2027년 1월 2일 20:00": "2027-01-02 20:00",
        "토요일 20:00": "11-28 20:00",
        "이번 주 금요일 저녁 8시": "11-20 20:00",
        "다음 주 금요일 저녁 8시": "11-27 20:00",
        "일요일 낮 12시": "11-29 12:00",
        "일요일 정오": "11-29 12:00",
        "2시간 후": "11-22 22:00",
        "30분 후에": "11-22 20:30",
    },
    "id": {
        "jumat jam 8 malam": "11-27 20:00",
        "Jum'at pukul 20.00": "11-27 20:00",
        "jumat malam jam delapan": "11-27 20:00",
        "jumat malam setengah delapan": "11-27 19:30",
        "besok jam 20:00": "11-23 20:00",
        "besok malam jam 8": "11-23 20:00",
        "lusa jam 3 sore": "11-24 15:00",
        "malam ini jam 9": "11-22 21:00",
        "nanti malam jam 9": "11-22 21:00",
        "minggu jam 7 malam": "11-29 19:00",
        "hari minggu jam 21.00": "11-22 21:00",
        "senin pagi jam 10": "11-23 10:00",
        "sabtu siang jam 1": "11-28 13:00",
        "28 november 19.00": "11-28 19:00",
        "sabtu tanggal 28 november pukul 19.30": "11-28 19:30",
        "hari ini 21:00": "11-22 21:00",
        "2 jam lagi": "11-22 22:00",
        "30 menit lagi": "11-22 20:30",
    },
}

UNCLEAR = {
    "en": [
        "", "friday", "8pm", "20:00", "friday 8", "friday at 8", "friday 8:30", "next friday 8pm", "next week",
        "half eight friday evening", "10/11 20:00", "friday 25:00", "friday 20:75", "30 february 20:00",
        "sunday 28 november 19:00", "friday night at 12", "friday night at 2", "friday saturday 8pm",
        "friday 8pm 9pm", "friday 8pm or so", "in friday 8pm", "tomorrow 28 november 19:00", "soon", "-2 hours",
        "friday 8 pm pm", "the 28th 8pm",
    ],
    "tr": ["cuma", "cuma saat 8", "saat 20:00", "haftaya 20:00", "gelecek cuma 20:00", "cuma gece 12", "cuma 8 buçuk",
           "buçuk cuma akşam", "30 şubat 20:00", "pazar 28 kasım 20:00", "akşam"],
    "ko": ["금요일", "내일 8시", "저녁 8시", "다음 주 저녁 8시", "금요일 밤 12시", "금요일 새벽 8시",
           "13월 1일 20:00", "반", "금요일 시"],
    "id": ["jumat", "jumat jam 8", "jam 8 malam", "minggu depan jam 8 malam", "jumat depan jam 8 malam",
           "jumat jam 12 malam", "besok jam 8 siang", "setengah jumat malam", "besok lusa jam 20:00"],
}  # fmt: skip


def cases() -> list[tuple[str, str, str]]:
    return [(language, said, meant) for language, table in SAID.items() for said, meant in table.items()]


@pytest.mark.parametrize(("language", "said", "meant"), cases())
def test_what_is_said_is_meant(language: str, said: str, meant: str) -> None:
    expected = datetime.fromisoformat(meant if meant.startswith("2027") else f"2026-{meant}")
    found = read(said, language, ISTANBUL, NOW)
    assert found.astimezone(ISTANBUL).replace(tzinfo=None) == expected
    assert found.utcoffset() == timedelta()


@pytest.mark.parametrize(
    ("language", "said"), [(language, said) for language, table in UNCLEAR.items() for said in table]
)
def test_what_could_mean_two_things_or_none_is_refused(language: str, said: str) -> None:
    with pytest.raises(UnclearError):
        read(said, language, ISTANBUL, NOW)


@pytest.mark.parametrize("language", PHRASEBOOK)
def test_each_language_is_held_to_fifteen_phrases(language: str) -> None:
    assert len(SAID[language]) >= 15


def test_a_date_gone_by_is_this_years_unless_next_years_is_near() -> None:
    assert read("21 november 20:00", "en", ISTANBUL, NOW).year == 2026
    assert read("2 may 20:00", "en", ISTANBUL, NOW).year == 2027
    assert read("2 june 20:00", "en", ISTANBUL, NOW).year == 2026


@pytest.mark.parametrize(
    ("said", "utc"),
    [
        ("8 march 2026 02:30", datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),  # skipped: 03:30 summer time
        ("8 march 2026 03:30", datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),
        ("1 november 2026 01:30", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),  # twice: the first
        ("tomorrow 8pm", datetime(2026, 3, 9, 0, 0, tzinfo=UTC)),  # 23 hours after today's
        ("in 24 hours", datetime(2026, 3, 9, 1, 0, tzinfo=UTC)),
    ],
)
def test_clock_changes(said: str, utc: datetime) -> None:
    before = datetime(2026, 3, 7, 20, 0, tzinfo=NEW_YORK)
    assert read(said, "en", NEW_YORK, before) == utc


words = st.sampled_from(sorted({phrase for table in PHRASEBOOK.values() for phrase in table}))
pieces = st.one_of(words, st.integers(0, 40).map(str), st.sampled_from(["20:00", "8:30", "28/11", "2027"]))


@given(st.lists(pieces, max_size=6), st.sampled_from(sorted(PHRASEBOOK)))
def test_whatever_is_typed_is_an_instant_or_unclear(said: list[str], language: str) -> None:
    try:
        found = read(" ".join(said), language, ISTANBUL, NOW)
    except UnclearError:
        return
    assert any(each[0].isdigit() or each in PHRASEBOOK[language] for each in said)
    assert found.tzinfo is UTC


@given(st.text(max_size=40), st.sampled_from(sorted(PHRASEBOOK)))
def test_no_text_breaks_it(said: str, language: str) -> None:
    try:
        read(said, language, ISTANBUL, NOW)
    except UnclearError:
        return


def test_case_and_accents_are_the_phones_business() -> None:
    assert fold("YARIN") == fold("yarın") == fold("yarin")
    assert fold("금요일") == "금요일"
