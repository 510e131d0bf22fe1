// SPDX-License-Identifier: MIT
// For VitePress: ```php run and a following ```output become a snippet. In .vitepress/config.js:
//     head: [['script', { src: '/exrun/exrun.js', 'data-server': '/v1/runs', defer: '' }]],
//     markdown: { config: (md) => md.use(exrun) },
//     vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === 'exrun-snippet' } } },
import { attributesOf } from './info.js';

const isOutput = (token) => token?.type === 'fence' && token.info.trim() === 'output';
const attributesAt = (token) => (token?.type === 'fence' ? attributesOf(token.info) : null);

/** Vue would set `profile` as a property, which is read-only, so it is told that this is an attribute. */
function tag({ profile, ...attributes }, escape) {
    const list = Object.entries(attributes).map(([name, value]) => ` ${name}="${escape(value)}"`).join('');
    return `<exrun-snippet :profile.attr="'${profile}'"${list}>`;
}

/** A plugin of markdown-it, to be used after VitePress has set its own rule of fences. */
export default function exrun(md) {
    const fence = md.renderer.rules.fence;
    const escape = md.utils.escapeHtml;
    md.renderer.rules.fence = (tokens, index, ...others) => {
        const [before, token, next] = [-1, 0, 1].map((step) => tokens[index + step]);
        if (isOutput(token) && attributesAt(before)) return ''; // it is in its snippet
        const html = fence(tokens, index, ...others);
        const attributes = attributesAt(token);
        if (!attributes) return html;
        const expected = isOutput(next) ? `<pre slot="expected" v-pre>${escape(next.content)}</pre>` : '';
        return `${tag(attributes, escape)}${html}${expected}</exrun-snippet>\n`;
    };
}
