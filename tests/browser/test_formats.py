"""Our table of regional habits against the browser's own copy of the Unicode CLDR."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from legcare.records import Cramp, Preferences
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from legcare.ui.shell.formats import formats_of
from tests.browser.conftest import Visit
from tests.browser.server import Server

pytestmark = pytest.mark.browser
LOCALES = (
    "en-GB",
    "en-US",
    "en-CA",
    "fr-CA",
    "en-AU",
    "en-NZ",
    "en-IN",
    "hi-IN",
    "en-IE",
    "en-ZA",
    "de-DE",
    "de",
    "de-AT",
    "de-CH",
    "fr-FR",
    "fr",
    "es-ES",
    "es",
    "es-MX",
    "es-CO",
    "es-AR",
    "pt-BR",
    "pt",
    "pt-PT",
    "it-IT",
    "nl-NL",
    "pl-PL",
    "sv-SE",
    "sv",
    "da-DK",
    "nb-NO",
    "fi-FI",
    "hu-HU",
    "hu",
    "lt-LT",
    "cs-CZ",
    "ru-RU",
    "uk-UA",
    "tr-TR",
    "el-GR",
    "ja-JP",
    "ja",
    "ko-KR",
    "ko",
    "zh-CN",
    "zh",
    "zh-TW",
    "zh-HK",
    "ar-EG",
    "ar-SA",
    "ar-AE",
    "fa-IR",
    "he-IL",
    "th-TH",
    "vi-VN",
    "id-ID",
    "ms-MY",
    "en-PH",
    "en-SG",
    "ur-PK",
    "bn-BD",
    "en",
    "en-KE",
    "ro-RO",
    "bg-BG",
    "es-PE",
    "es-VE",
    "es-GT",
    "es-PR",
    "es-PA",
    "es-DO",
    "es-HN",
    "es-SV",
    "es-NI",
    "es-PY",
    "en-PK",
    "en-HK",
    "ar-DZ",
    "ar-IQ",
    "ar-JO",
    "ar-KW",
    "ar-QA",
    "ar-BH",
    "ar-OM",
    "ar-SY",
    "ar-LY",
    "ar-SD",
    "en-LR",
    "sw-KE",
    "en-DE",
    "en-AT",
    "en-NL",
    "fr-CH",
    "it-CH",
    "de-LI",
    "ms-BN",
    "ar-MA",
    "ar-TN",
    "hr-HR",
    "sl-SI",
    "sk-SK",
    "et-EE",
    "lv-LV",
    "sr-RS",
    "ca-ES",
    "af-ZA",
)
ASK = """locales => locales.map(locale => {
  const form = {year: 'numeric', month: '2-digit', day: '2-digit',
                calendar: 'gregory', numberingSystem: 'latn'};
  const parts = new Intl.DateTimeFormat(locale, form)
    .formatToParts(new Date(2026, 2, 31)).map(part => part.type);
  const clock = {hour: 'numeric', minute: '2-digit'};
  const time = new Intl.DateTimeFormat(locale, clock).resolvedOptions();
  const known = new Intl.Locale(locale);
  const week = known.getWeekInfo ? known.getWeekInfo() : known.weekInfo;
  const number = new Intl.NumberFormat(locale, {numberingSystem: 'latn'}).formatToParts(1.5);
  return [parts.find(type => ['year', 'month', 'day'].includes(type)),
    time.hour12 ? '12' : '24', week.firstDay - 1,
    {',': 'comma', '.': 'point'}[number.find(part => part.type === 'decimal').value]];
})"""


def test_every_region_is_written_as_the_browser_writes_it(visit: Visit) -> None:
    page = visit("/_stcore/health")
    browsers = {
        locale: tuple(said)
        for locale, said in zip(LOCALES, page.evaluate(ASK, list(LOCALES)), strict=True)
    }
    ours = {}
    for locale in LOCALES:
        written = formats_of(Preferences(), locale)
        ours[locale] = (
            written.order.value,
            written.clock.value,
            written.first_weekday,
            written.decimal.value,
        )
    assert ours == browsers
    assert len(set(ours.values())) > 6


def test_a_british_and_an_american_browser_see_the_same_cramp_their_way(
    visit: Visit, server: Server
) -> None:
    server.stop()
    server.environment["LEGCARE_CLOCK"] = "2026-03-08T20:00:00+00:00"
    server.start()
    database = Database.open(server.environment["LEGCARE_DATABASE_URL"])
    logbook = Logbook(database, database.person("local", "owner"))
    logbook.keep([Cramp(at=datetime(2026, 3, 8, 14, 30, tzinfo=UTC))], label="one")
    database.close()
    for locale, said in (("en-GB", "Cramp at 14:30"), ("en-US", "Cramp at 2:30 pm")):
        page = visit("/today", heading="Day and night", locale=locale, timezone_id="UTC")
        expect(page.get_by_text(said, exact=True)).to_be_visible()
