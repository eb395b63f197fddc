import fc from "fast-check";

/** Awkward texts, by kind. None contains NUL, which PostgreSQL can't store, or a lone surrogate. */
export const corpora = {
  "backslashes and quotes": [
    "\\",
    "\\\\",
    "C:\\temp",
    "EU\\West",
    "\\n",
    "\\u0041",
    "a\\",
    '"',
    '\\"',
    '""',
    "'",
    "''",
  ],
  "array literals": ["{", "}", "{}", "{a,b}", '{"a","b"}', ",", "a,b", ",,", "[0:1]={a,b}", "{{}}", '","'],
  "texts that look empty": ["NULL", "null", '"NULL"', "undefined", "nan", "Infinity", "true", "f", "0", "-0", "1e3"],
  JSON: ["[]", '{"a":1}', '["\\\\"]', '"a"', "null ", '{"a":"\\u0000"}', "[1,2", "// a"],
  "SQL and templates": ["$1", "$$", "%s", "%00", ";--", "/* */", "E'\\\\n'", "{{a}}", "<script>", "&amp;", "#{a}"],
  dates: ["2026-01-01", "2026-01-01T00:00:00Z", "12:00", "infinity", "epoch"],
  whitespace: ["a b", "a  b", "a\tb", "a\nb", "a\u00a0b", "a\u3000b", "a\u2028b"],
  "right-to-left scripts": ["محمد علي", "שלום", "۱۲۳", "می\u200cخواهم", "אבג (abc) 123"],
  marks: ["é", "a\u0301\u0323", "क्षि", "ក្រុង", "ᄀ", "각", "ﷺ", "a\u0315\u0300"],
  emoji: ["😀", "👩‍👩‍👧", "🏳️‍🌈", "👍🏽", "🇺🇸", "1️⃣", "☺︎"],
  "scripts of all Unicode planes": [
    "漢字",
    "𠮷野家",
    "Ελληνικά",
    "ΣΑΣ",
    "straße",
    "İI",
    "ไทย",
    "\ue000",
    "\u{10ffff}",
    "\ufffd",
    "\ufeffa",
  ],
  "long texts": ["\\".repeat(50), '"'.repeat(50), "漢".repeat(50), "😀".repeat(50), "a,".repeat(25)],
};

const awkward = Object.values(corpora).flat();

/** An awkward text, several of them concatenated, or any characters except NUL. */
export const anyText = fc.oneof(
  fc.constantFrom(...awkward),
  fc.array(fc.constantFrom(...awkward), { maxLength: 4 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 30 }).map((text) => text.replaceAll("\0", "")),
);
