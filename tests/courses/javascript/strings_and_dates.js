console.log("hello".toUpperCase(), "a,b,,c".split(","), "x".padStart(5, "-"), "abc".at(-1), [..."héllo"].reverse().join(""), "a-b".replaceAll("-", "+"));
console.log(`${1 + 1} ${"tab\t".length}`, (3.14159).toFixed(2), (1234567.891).toLocaleString("en-US"), "zażółć".normalize("NFD").length, "b".localeCompare("a"), "🐘".codePointAt(0));
const d = new Date(Date.UTC(2024, 1, 28, 23, 30)); d.setUTCDate(d.getUTCDate() + 2);
console.log(d.toISOString(), d.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }), d.toLocaleString("pl-PL", { timeZone: "Europe/Warsaw" }));
console.log(new Date(0).getTimezoneOffset(), Intl.DateTimeFormat().resolvedOptions().timeZone, new Intl.NumberFormat("de-DE", { style: "currency", currency: "EUR" }).format(12.5), new Intl.PluralRules("en", { type: "ordinal" }).select(2));
console.log(["ä", "a", "z"].sort(new Intl.Collator("de").compare), [..."abc"].map(c => c.charCodeAt(0)), "x".repeat(3), " trim ".trim(), encodeURIComponent("a b&ü"), escape ? "ok" : "");
