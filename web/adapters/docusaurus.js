// SPDX-License-Identifier: MIT
// For Docusaurus: ```php run and a following ```output become a snippet. It is a plugin of remark and not a client module,
// because a page has no info strings any more, and React must know the nodes that it will remove. In docusaurus.config.js:
//     scripts: [{ src: '/exrun/exrun.js', 'data-server': '/v1/runs', defer: true }],
//     presets: [['classic', { docs: { beforeDefaultRemarkPlugins: [exrun] } }]],
import { attributesOf } from './info.js';

/** An element as if it was written in the page, so Docusaurus puts none of its components in its place. */
function element(name, attributes, children) {
    const list = Object.entries(attributes).map(([key, value]) => ({ type: 'mdxJsxAttribute', name: key, value }));
    return { type: 'mdxJsxFlowElement', name, attributes: list, children, data: { _mdxExplicitJsx: true } };
}

/** Without `profile`, which React would set as a property, and which the class of the code has. */
function attributesAt(node) {
    const { profile, ...attributes } = (node.type === 'code' && attributesOf(`${node.lang} ${node.meta}`)) || {};
    return profile && attributes;
}

export default function exrun() {
    return function transform(tree) {
        for (let i = 0; i < (tree.children?.length ?? 0); i++) {
            const node = tree.children[i], next = tree.children[i + 1];
            const attributes = attributesAt(node);
            if (!attributes) {
                transform(node);
                continue;
            }
            const hasOutput = next?.type === 'code' && next.lang === 'output';
            // As a property, because a text loses the spaces at the start of its lines.
            const expected = hasOutput ? [element('pre', { slot: 'expected', children: next.value }, [])] : [];
            tree.children.splice(i, hasOutput ? 2 : 1, element('exrun-snippet', attributes, [node, ...expected]));
        }
    };
}
