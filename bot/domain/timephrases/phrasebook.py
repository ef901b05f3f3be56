"""The words of time phrases in the languages that are read here. What is not in these tables is not understood;
what people disagree about (English "next friday", "half eight") is left out on purpose."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.timephrases.meanings import (
    AFTERNOON,
    AM,
    DAWN,
    EVENING,
    LATE_AFTERNOON,
    MORNING,
    NIGHT,
    NOON,
    PM,
    Clock,
    InDays,
    InDaysAt,
    Mark,
    Meaning,
    Month,
    Number,
    Week,
    Weekday,
)

Phrases = Mapping[str, Meaning]


def _each(meaning: Meaning, *phrases: str) -> dict[str, Meaning]:
    return dict.fromkeys(phrases, meaning)


def _weekdays(*spellings: str) -> dict[str, Meaning]:
    """From Monday on, the spellings of each day parted by spaces."""
    return {word: Weekday(day) for day, words in enumerate(spellings) for word in words.split()}


def _months(*spellings: str) -> dict[str, Meaning]:
    return {word: Month(number) for number, words in enumerate(spellings, 1) for word in words.split()}


def _numbers(words: str) -> dict[str, Meaning]:
    return {word: Number(value) for value, word in enumerate(words.split(), 1)}


ENGLISH: Phrases = {
    **_weekdays("monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thur thurs", "friday fri",
                "saturday sat", "sunday sun"),
    **_months("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
              "august aug", "september sep sept", "october oct", "november nov", "december dec"),
    **_numbers("one two three four five six seven eight nine ten eleven twelve"),
    **_each(InDays(0), "today"),
    **_each(InDays(1), "tomorrow"),
    **_each(InDays(2), "day after tomorrow", "the day after tomorrow"),
    **_each(InDaysAt(0, EVENING), "tonight", "this evening"),
    **_each(InDaysAt(0, AFTERNOON), "this afternoon"),
    **_each(InDaysAt(0, MORNING), "this morning"),
    **_each(Week(None), "this", "coming", "this coming"),
    **_each(AM, "am", "a m"),
    **_each(PM, "pm", "p m"),
    **_each(MORNING, "morning", "in the morning"),
    **_each(AFTERNOON, "afternoon", "in the afternoon"),
    **_each(EVENING, "evening", "in the evening"),
    **_each(NIGHT, "night", "at night"),
    **_each(Clock(12), "noon", "at noon", "midday"),
    **_each(Mark.HALF_PAST, "half past"),
    **_each(Mark.HOUR, "at", "o clock", "oclock", "h"),
    **_each(Mark.HOURS, "hours", "hour", "hrs"),
    **_each(Mark.MINUTES, "minutes", "minute", "mins", "min"),
    **_each(Mark.FROM_NOW, "in", "from now"),
    **_each(Mark.DAY, "st", "nd", "rd", "th"),
    **_each(Mark.FILLER, "on", "the", "of"),
}  # fmt: skip

TURKISH: Phrases = {
    **_weekdays("pazartesi pzt", "salı", "çarşamba çarş", "perşembe perş", "cuma", "cumartesi cmt", "pazar"),
    **_months("ocak", "şubat", "mart", "nisan", "mayıs", "haziran", "temmuz", "ağustos", "eylül", "ekim",
              "kasım", "aralık"),
    **_numbers("bir iki üç dört beş altı yedi sekiz dokuz on"),
    **_each(Number(11), "on bir"),
    **_each(Number(12), "on iki"),
    **_each(InDays(0), "bugün"),
    **_each(InDays(1), "yarın"),
    **_each(InDays(2), "öbür gün", "yarından sonra"),
    **_each(InDaysAt(0, EVENING), "bu akşam"),
    **_each(InDaysAt(0, NIGHT), "bu gece"),
    **_each(Week(None), "bu", "önümüzdeki"),
    **_each(Week(1), "haftaya", "gelecek hafta", "önümüzdeki hafta"),
    **_each(MORNING, "sabah", "sabahı", "sabahleyin"),
    **_each(NOON, "öğlen", "öğle", "öğleyin"),
    **_each(AFTERNOON, "öğleden sonra"),
    **_each(EVENING, "akşam", "akşamı", "akşamüstü"),
    **_each(NIGHT, "gece", "gecesi"),
    **_each(Mark.HALF_AFTER, "buçuk", "buçukta"),
    **_each(Mark.HOUR, "saat", "da", "de", "ta", "te"),
    **_each(Mark.HOURS, "saat sonra"),
    **_each(Mark.MINUTES, "dakika sonra", "dk sonra"),
    **_each(Mark.DAY, "i", "si", "u", "ü", "ı", "sı"),
    **_each(Mark.FILLER, "günü", "gün", "tarihinde"),
}  # fmt: skip

KOREAN: Phrases = {
    **_weekdays("월요일 월욜", "화요일 화욜", "수요일 수욜", "목요일 목욜", "금요일 금욜", "토요일 토욜",
                "일요일 일욜"),
    **_numbers("한 두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두"),
    **_numbers("한시 두시 세시 네시 다섯시 여섯시 일곱시 여덟시 아홉시 열시 열한시 열두시"),
    **_each(InDays(0), "오늘"),
    **_each(InDays(1), "내일"),
    **_each(InDays(2), "모레", "내일모레"),
    **_each(InDays(3), "글피"),
    **_each(InDaysAt(0, NIGHT), "오늘밤"),
    **_each(Week(0), "이번 주", "이번주"),
    **_each(Week(1), "다음 주", "다음주", "담주"),
    **_each(Week(None), "오는", "이번"),
    **_each(AM, "오전"),
    **_each(PM, "오후"),
    **_each(DAWN, "새벽"),
    **_each(MORNING, "아침"),
    **_each(NOON, "낮", "점심"),
    **_each(EVENING, "저녁"),
    **_each(NIGHT, "밤"),
    **_each(Clock(12), "정오"),
    **_each(Mark.HOUR, "시"),
    **_each(Mark.HALF_AFTER, "반", "시반"),
    **_each(Mark.MINUTE, "분"),
    **_each(Mark.YEAR, "년"),
    **_each(Mark.MONTH, "월"),
    **_each(Mark.DAY, "일"),
    **_each(Mark.HOURS, "시간"),
    **_each(Mark.MINUTES, "분 후", "분 뒤"),
    **_each(Mark.FROM_NOW, "후", "뒤", "후에", "뒤에"),
    **_each(Mark.FILLER, "에", "날"),
}  # fmt: skip

INDONESIAN: Phrases = {
    **_weekdays("senin", "selasa", "rabu", "kamis", "jumat jum'at", "sabtu", "minggu ahad"),
    **_months("januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober",
              "november nopember", "desember"),
    **_numbers("satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas"),
    **_each(Number(12), "dua belas"),
    **_each(InDays(0), "hari ini"),
    **_each(InDays(1), "besok"),
    **_each(InDays(2), "lusa"),
    **_each(InDaysAt(0, NIGHT), "malam ini", "nanti malam"),
    **_each(InDaysAt(0, LATE_AFTERNOON), "sore ini", "nanti sore"),
    **_each(Week(None), "ini"),
    **_each(DAWN, "dini hari", "subuh"),
    **_each(MORNING, "pagi"),
    **_each(NOON, "siang"),
    **_each(LATE_AFTERNOON, "sore"),
    **_each(NIGHT, "malam"),
    **_each(Mark.HALF_TO, "setengah"),
    **_each(Mark.HOUR, "jam", "pukul"),
    **_each(Mark.HOURS, "jam lagi"),
    **_each(Mark.MINUTES, "menit lagi"),
    **_each(Mark.FILLER, "hari", "tanggal", "pada", "tgl", "nanti"),
}  # fmt: skip

PHRASEBOOK: Mapping[str, Phrases] = MappingProxyType(
    {"en": ENGLISH, "tr": TURKISH, "ko": KOREAN, "id": INDONESIAN}
)
