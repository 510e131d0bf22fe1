// SPDX-License-Identifier: MIT
// For VitePress, and all else that uses markdown-it: ```php run and a following ```output become a snippet. In .vitepress/config.js:
//     head: [['script', { src: '/exrun/exrun.js', 'data-server': '/v1/runs', defer: '' }]],
//     markdown: { config: (md) => md.use(exrun) },
//     vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === 'exrun-snippet' } } },
import { attributesOf } from './info.js';

const isOutput = (token) => token?.type === 'fence' && token.info.trim() === 'output';

/** Returns the attributes of a fence that can be run, or null. */
function attributesAt(token) {
    if (token?.type !== 'fence') return null;
    const [language, ...words] = token.info.trim().split(/\s+/);
    return attributesOf(language, words);
}

export default function exrun(md) {
    const fence = md.renderer.rules.fence;
    const escape = md.utils.escapeHtml;
    md.renderer.rules.fence = (tokens, index, ...others) => {
        if (isOutput(tokens[index]) && attributesAt(tokens[index - 1])) return ''; // it is in its snippet
        const html = fence(tokens, index, ...others);
        const attributes = attributesAt(tokens[index]);
        if (!attributes) return html;
        const list = Object.entries(attributes).map(([name, value]) => ` ${name}="${escape(value)}"`).join('');
        const next = tokens[index + 1];
        const expected = isOutput(next) ? `<pre slot="expected" v-pre>${escape(next.content)}</pre>` : '';
        return `<exrun-snippet${list}>${html}${expected}</exrun-snippet>\n`;
    };
}
