import { domainToASCII, domainToUnicode } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { addressFault, addressKey, asciiDomain, bareDomain, readableDomain } from "#lib/format/domain";

const domains = {
  "münchen-gmbh.de": "xn--mnchen-gmbh-thb.de",
  "例え.jp": "xn--r8jz45g.jp",
  "डाटामेल.भारत": "xn--c2bd4bq1db8d.xn--h2brj9c",
  "ประเทศ.ไทย": "xn--o3chyv2b5f.xn--o3cw4h",
  "βόλος.com": "xn--nxasmm1c.com",
  "faß.de": "xn--fa-hia.de",
  "موقع.مصر": "xn--4gbrim.xn--wgbh1c",
  "한국.kr": "xn--3e0b707e.kr",
  "northwind.example.com": "northwind.example.com",
};

test.each(Object.entries(domains))(
  "%s and its A-label %s are the same domain, displayed as the first",
  (text, ascii) => {
    // The capitals of ß and of a final ς belong to other letters.
    const capitals = /[ßς]/.test(text) ? text : text.toUpperCase();
    for (const spelling of [text, ascii, capitals, text.normalize("NFD"), ascii.toUpperCase()])
      expect(asciiDomain(spelling)).toBe(ascii);
    expect(readableDomain(ascii)).toBe(text);
  },
);

test.each([
  ["https://www.Acme.com/about?x=1#y", "acme.com"],
  ["http://acme.com:8080", "acme.com"],
  ["//acme.com/", "acme.com"],
  ["acme.com.", "acme.com"],
  ["acme.com.:443/", "acme.com"],
  ["www.www.acme.com", "acme.com"],
  ["www.com", "www.com"],
  ["www.münchen.example", "xn--mnchen-3ya.example"],
  ["wwwacme.com", "wwwacme.com"],
])("%s is read as the domain %s, which is read as itself", (text, domain) => {
  expect(bareDomain(text)).toBe(domain);
  expect(bareDomain(domain)).toBe(domain);
});

test.each([
  ...[
    "",
    "acme",
    "acme com",
    "a..com",
    ".com",
    "-a.com",
    "a-.com",
    "a_b.com",
    "example.-co",
    "example.123",
    "10.0.0.12",
  ],
  ...["0x7f.1", "user@acme.com", "ftp://acme.com", "mailto:a@acme.com", "a%41.com", "[::1]", `${"a".repeat(64)}.com`],
  ...[`${"a.".repeat(126)}com`, "acme.com\\x", "acme.c", "👩‍👩‍👧.com"],
])("%j is not a domain", (text) => {
  expect(bareDomain(text)).toBeNull();
});

test.each([
  ...["ana@example.com", "a.b+c@sub.example.co", "o'neil@example.com", "{x}|y!#$%&*/=?^_`~-@example.com", "x@例え.jp"],
  ...[
    "संपर्क@डाटामेल.भारत",
    "用户@例子.广告",
    "δοκιμή@παράδειγμα.δοκιμή",
    "ünal@münchen.example",
    "x@xn--mnchen-3ya.example",
  ],
  ...[`${"a".repeat(64)}@example.com`, `a@${"b".repeat(63)}.com`, "あいうえお@例え.テスト"],
])("%s is an address", (address) => {
  expect(addressFault(address)).toBeUndefined();
});

test.each([
  ...[
    "",
    "a",
    "a@",
    "@example.com",
    "a@example",
    "a b@example.com",
    "a@b@example.com",
    "<a@example.com>",
    '"a"@example.com',
  ],
  ...["a..b@example.com", "a.@example.com", ".a@example.com", "a@example..com", "a@example.com.", "a@-example.com"],
  ...["a@example.-co", "a@example.123", "a@[127.0.0.1]", "a@127.0.0.1", "a@exa_mple.com", "a@example.com:25"],
  ...["ａ@example.com", "a@ｅｘａｍｐｌｅ.com", "a@example。com", "a@example．com", "a@ﬁ.example"],
  ...[`${"a".repeat(65)}@example.com`, `${"あ".repeat(22)}@example.com`, `a@${"b".repeat(64)}.com`],
])("%j is not an address", (address) => {
  expect(addressFault(address)).toBeDefined();
});

test("addresses are the same regardless of case and of how the domain is spelled", () => {
  const spellings = ["X@München.example", "x@xn--mnchen-3ya.EXAMPLE", "x@MÜNCHEN.example", "x@mu\u0308nchen.example"];
  expect(new Set(spellings.map(addressKey))).toEqual(new Set(["x@xn--mnchen-3ya.example"]));
  expect(addressKey("x@munchen.example")).not.toBe(addressKey("x@münchen.example"));
  expect(addressKey("José@example.com")).toBe("josé@example.com");
});

test("A-labels are decoded as Node does, and invalid ones stay", () => {
  const label = fc.string({ unit: fc.constantFrom(..."aäößñ例文字かなกขदेश한국ωжعب-1𠮷"), minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(label, label, (one, two) => {
      const ascii = domainToASCII(`${one}.${two}.example`);
      if (asciiDomain(ascii) === ascii) expect(readableDomain(ascii)).toBe(domainToUnicode(ascii));
    }),
    { numRuns: 2_000 },
  );
  for (const broken of [
    "xn--.example",
    "xn--a.example",
    "xn--99999999.example",
    "xn--ab-.example",
    "xn--\u00e4.example",
  ])
    expect(readableDomain(broken)).toBe(broken);
});
