// SPDX-License-Identifier: MIT
// The pages of the tests: an article whose site has highlighted its code, as most do, before exrun.js comes.
import { tokensOf } from '../../src/more/tokens.js';
import { scriptTag } from './way.js';

export const CODE = {
    map: `<?php

$prices = ['tea' => 3.20, 'cake' => 4.50, 'milk' => 1.10];

$withTax = array_map(fn ($price) => round($price * 1.07, 2), $prices);

foreach ($withTax as $name => $price) {
    printf("%-5s %5.2f\\n", $name, $price);
}`,
    ask: `name = input("What is your name? ")
year = int(input("When were you born? "))
print(f"Hello {name}, you turn {2026 - year} this year.")`,
    loop: `<?php

$i = 0;
while ($i < 10) {
    echo "still here\\n";
    usleep(300000);
}`,
    cart: `$cart->add('tea', 3.20)->add('cake', 4.50);

echo $cart->total(), PHP_EOL;`,
    plot: `import struct, zlib

def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

n = 160
rows = b"".join(b"\\0" + b"".join(bytes((40, 90, 200)) if (x - n/2)**2 + (y - n/2)**2 < 3600 else b"\\xff\\xff\\xff" for x in range(n)) for y in range(n))
png = b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", n, n, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
open("plot.png", "wb").write(png)
print(len(png), "bytes")`,
    colours: `printf '\\e[32m✔ 12 passed\\e[0m  \\e[31;1m✘ 1 failed\\e[0m  \\e[2m0.03 s\\e[0m\\n'
echo 'expected 4, got 5' >&2
printf '\\e[38;5;208morange\\e[0m \\e[35mmagenta\\e[0m \\e[36mcyan\\e[0m\\n'`,
    table: `print("<style>td{padding:4px 12px;border-bottom:1px solid #ccc}</style>")
print("<table><tr><td>tea<td>3.42<tr><td>cake<td>4.82</table>")`,
    words: `import sys

for word in sorted(sys.stdin.read().split(), key=len):
    print(len(word), word)`,
};

const SETUP = `<template id="cart-setup">&lt;?php
final class Cart
{
    private array $items = [];
    public function add(string $name, float $price): static { $this->items[$name] = $price; return $this; }
    public function total(): float { return array_sum($this->items); }
}
$cart = new Cart;
##CODE##</template>`;

export function escaped(text) {
    return text.replace(/[&<]/g, (character) => (character === '&' ? '&amp;' : '&lt;'));
}

/** The site's own highlighting. */
export function highlighted(code, language) {
    return tokensOf(code, language).map(([kind, text]) => (kind ? `<span class="token ${kind}">${escaped(text)}</span>` : escaped(text))).join('');
}

/** @param inside more HTML in the element, behind the code */
export function snippet(attributes, code, inside = '') {
    const language = /profile="(\w+)"/.exec(attributes)?.[1] ?? '';
    return `<exrun-snippet ${attributes}><pre class="language-${language}"><code class="language-${language}">${highlighted(code, language)}\n</code></pre>${inside}</exrun-snippet>`;
}

export function expected(text) {
    return `<p slot="label">Output:</p><pre slot="expected"><samp>${escaped(text)}</samp></pre>`;
}

/** A whole page. @param head more HTML in the head; @param script the tag of exrun.js */
export function page(body, { head = '', language = 'en', script = scriptTag() } = {}) {
    return `<!DOCTYPE html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Working with arrays</title>
<link rel="stylesheet" href="/dist/reserve.css"><link rel="stylesheet" href="/site.css"><link rel="icon" href="/site.css">${head}${script}</head>
<body><main>${body}</main></body></html>`;
}

export const RECORDED = 'tea    3.42\ncake   4.82\nmilk   1.18\n';

export const ARTICLE = `<h1>Working with arrays</h1>
<p>An array holds values under keys. Most of what you do with one is to make another from it: change each value, or keep some of them.</p>
<h2>Mapping</h2>
<p><code>array_map</code> calls a function with each value, and returns a new array of the results. Change the prices, or the tax, and run it again.</p>
${snippet('id="map" profile="php" language="PHP 8.2"', CODE.map, expected(RECORDED))}
<p>A function with an arrow can see the variables around it, but can’t change them.</p>
<h2>Asking</h2>
<p>A program can ask while it runs. Your answer goes to its standard input.</p>
${snippet('id="ask" profile="python" language="Python 3.11" stdin="ask"', CODE.ask)}
<h2>Loops that don’t end</h2>
<p>The condition below is always true. Run it, and stop it, or wait until it is stopped.</p>
${snippet('id="loop" profile="php" language="PHP 8.2"', CODE.loop)}
<h2>With hidden set-up</h2>
<p>This one works with a cart that the page has prepared.</p>
${SETUP}
${snippet('id="cart" profile="php" language="PHP 8.2" template="#cart-setup"', CODE.cart)}
<h2>A picture</h2>
${snippet('id="plot" profile="python" language="Python 3.11" output="image" artifacts="plot.png" alt="A blue disc on white"', CODE.plot)}
<h2>Colours and errors</h2>
${snippet('id="colours" profile="bash" language="Bash 5.2"', CODE.colours)}
<h2>A page</h2>
${snippet('id="table" profile="python" language="Python 3.11" output="html" height="110"', CODE.table)}
<h2>Input</h2>
${snippet('id="words" profile="python" language="Python 3.11" stdin="some words of many lengths"', CODE.words)}`;

export const SITE_STYLE = `
:root { color-scheme: light dark; --ink: #1f2328; --paper: #fff; --code: #f6f8fa; }
@media (prefers-color-scheme: dark) { :root { --ink: #dfe4ea; --paper: #14171c; --code: #1a1f26; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.6 system-ui, sans-serif; }
main { max-width: 43rem; margin: 0 auto; padding: 1.5rem 1.2rem 4rem; }
h1 { line-height: 1.2; } h2 { margin-top: 2.2em; font-size: 1.25em; }
a { color: inherit; }
p code { background: var(--code); padding: .1em .3em; border-radius: 4px; font-size: .9em; }
pre { background: var(--code); padding: 16px; overflow: auto; font: 14px/1.6 ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; tab-size: 4; }
pre code { font: inherit; }
.token.comment, .token.delimiter { color: #59636e; } .token.keyword, .token.boolean, .token.property, .token.decorator { color: #6f42c1; } .token.string { color: #116329; }
.token.number { color: #953800; } .token.function, .token.class-name { color: #0550ae; }
@media (prefers-color-scheme: dark) {
    .token.comment, .token.delimiter { color: #9198a1; } .token.keyword, .token.boolean, .token.property, .token.decorator { color: #d2a8ff; } .token.string { color: #7ee787; }
    .token.number { color: #ffa657; } .token.function, .token.class-name { color: #79c0ff; }
}`;
