// SPDX-License-Identifier: MIT
// The files of exrun's own page, /play. web/build.js adds them to its own; with --monaco, the editor is among them.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const LICENCE = 'SPDX-License-Identifier: MIT';

function named(name, ending, content) {
    return `${name}-${createHash('sha256').update(content).digest('hex').slice(0, 8)}.${ending}`;
}

async function bundled(options) {
    const { outputFiles } = await build({ bundle: true, minify: true, write: false, format: 'esm', charset: 'utf8', ...options });
    return outputFiles;
}

/** Monaco with the languages that exrun has profiles for. Returns {files, names}. */
async function monaco(target) {
    const files = {};
    const outputs = await bundled({ entryPoints: [join(HERE, 'src/monaco.js')], outdir: HERE, target, legalComments: 'inline', loader: { '.ttf': 'file' }, assetNames: 'codicon-[hash]' });
    for (const { path, contents } of outputs) {
        const ending = path.split('.').pop();
        files[ending === 'ttf' ? path.split('/').pop() : named('monaco', ending, contents)] = Buffer.from(contents);
    }
    const of = (ending) => Object.keys(files).find((name) => name.endsWith(ending));
    return { files, names: { script: of('.js'), style: of('.css') } };
}

/** Returns the files by name. @styles: the plug-in of web/build.js that makes texts of style sheets. */
export async function playFiles({ target, styles, withMonaco }) {
    const editor = withMonaco ? await monaco(target) : { files: {}, names: null };
    const [script] = await bundled({ entryPoints: [join(HERE, 'src/main.js')], target, legalComments: 'none', plugins: [styles], define: { MONACO_FILES: JSON.stringify(editor.names) } });
    const [style] = await bundled({ entryPoints: [join(HERE, 'page/page.css')], target, legalComments: 'none' });
    const texts = { js: `// ${LICENCE}\n${script.text}`, css: `/* ${LICENCE} */\n${style.text}` };
    const icon = await readFile(join(HERE, 'page/play.svg'), 'utf8');
    const names = { PLAY_SCRIPT: named('play', 'js', texts.js), PAGE_STYLE: named('play', 'css', texts.css), PAGE_ICON: named('play', 'svg', icon) };
    const page = (await readFile(join(HERE, 'page/play.html'), 'utf8')).replace(/PLAY_SCRIPT|PAGE_STYLE|PAGE_ICON/g, (place) => names[place]);
    return { 'play.html': page, [names.PLAY_SCRIPT]: texts.js, [names.PAGE_STYLE]: texts.css, [names.PAGE_ICON]: icon, ...editor.files };
}
