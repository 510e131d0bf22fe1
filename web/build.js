// SPDX-License-Identifier: MIT
// npm run build [-- [--monaco] [DIRECTORY]]: makes dist/ from src/ and play/; with --monaco, the page /play has that editor, too. The same sources give
// the same bytes, so dist/ can be in the repository, and a test compares the two. The Laravel package gets its copy of the element's files.
import { build, transform } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { playFiles } from './play/build.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const TARGET = ['chrome123', 'firefox128', 'safari17.5']; // the first ones with light-dark(), relative colours and CompressionStream
const LICENCE = '// SPDX-License-Identifier: MIT\n';
const TYPES = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', html: 'text/html; charset=utf-8', svg: 'image/svg+xml', ttf: 'font/ttf' };

/** Style sheets are texts in the scripts, without what only readers of the sources need. */
const styles = {
    name: 'styles',
    setup(plugins) {
        plugins.onLoad({ filter: /\.css$/ }, async ({ path }) => ({ contents: await minified(path), loader: 'text' }));
    },
};

async function minified(path) {
    const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true, target: TARGET, legalComments: 'none' });
    return code.trim();
}

async function bundle(entry, format, define = {}) {
    const { outputFiles } = await build({
        entryPoints: [join(HERE, 'src', entry)], bundle: true, minify: true, write: false, format, define, target: TARGET,
        legalComments: 'none', charset: 'utf8', plugins: [styles],
    });
    // A site may put exrun.js into a bundle of its own. Then webpack and Vite must leave these addresses as they are.
    return LICENCE + outputFiles[0].text.replace(/\bimport\(/g, 'import(/* webpackIgnore: true */ /* @vite-ignore */ ');
}

function digest(text) {
    return createHash('sha256').update(text).digest('hex');
}

/** Returns the files of dist/ by name. @withMonaco: the page /play can load that editor, whose files are too large for the repository. */
export async function files({ withMonaco = false } = {}) {
    return { ...await elementFiles(), ...await playFiles({ target: TARGET, styles, withMonaco }) };
}

/** Returns the files by name that a page with snippets needs. */
export async function elementFiles() {
    const texts = {};
    for (const name of await readdir(join(HERE, 'src/text'))) {
        const language = name.replace('.js', '');
        if (!['en', 'labels'].includes(language)) texts[language] = await bundle(`text/${name}`, 'esm');
    }
    const more = await bundle('more/index.js', 'esm');
    const named = (name, text) => `exrun-${name}-${digest(text).slice(0, 8)}.js`;
    const names = Object.fromEntries(Object.entries(texts).map(([language, text]) => [language, named(`text-${language}`, text)]));
    const first = await bundle('exrun.js', 'iife', { MORE_FILE: JSON.stringify(named('more', more)), TEXT_FILES: JSON.stringify(names) });
    return {
        'exrun.js': first,
        [named('more', more)]: more,
        ...Object.fromEntries(Object.entries(texts).map(([language, text]) => [names[language], text])),
        'reserve.css': `/* SPDX-License-Identifier: MIT */\n${await minified(join(HERE, 'src/style/reserve.css'))}\n`,
    };
}

/** Returns the manifest: the hash of all files together, and the hash and the type of each. */
export function manifestOf(all) {
    const entries = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, text]) => [name, { sha256: digest(text), type: TYPES[name.split('.').pop()] }]);
    const whole = digest(entries.map(([name, { sha256 }]) => `${sha256}  ${name}\n`).join(''));
    return `${JSON.stringify({ hash: whole.slice(0, 16), files: Object.fromEntries(entries) }, null, 4)}\n`;
}

async function write(directory, all) {
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory, { recursive: true });
    for (const [name, text] of Object.entries({ ...all, 'manifest.json': manifestOf(all) })) await writeFile(join(directory, name), text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const words = process.argv.slice(2), directory = words.find((word) => word !== '--monaco');
    await write(directory ?? join(HERE, 'dist'), await files({ withMonaco: words.includes('--monaco') }));
    if (!directory) await write(join(HERE, '../laravel/dist'), await elementFiles());
}
