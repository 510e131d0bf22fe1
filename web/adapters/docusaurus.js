// SPDX-License-Identifier: MIT
// For Docusaurus: ```php run and a following ```output become a snippet. In docusaurus.config.js:
//     scripts: [{ src: '/exrun/exrun.js', 'data-server': '/v1/runs', defer: true }],
//     presets: [['classic', { docs: { beforeDefaultRemarkPlugins: [exrun] } }]],
import { attributesOf } from './info.js';

const jsx = (name, attributes, children) => ({
    type: 'mdxJsxFlowElement', name, children,
    attributes: Object.entries(attributes).map(([key, value]) => ({ type: 'mdxJsxAttribute', name: key, value })),
});

export default function exrun() {
    return function transform(tree) {
        for (let i = 0; i < (tree.children?.length ?? 0); i++) {
            const node = tree.children[i];
            const attributes = node.type === 'code' ? attributesOf(node.lang ?? '', node.meta?.split(/\s+/) ?? []) : null;
            if (!attributes) {
                transform(node);
                continue;
            }
            const next = tree.children[i + 1];
            const hasOutput = next?.type === 'code' && next.lang === 'output';
            const expected = hasOutput ? [jsx('pre', { slot: 'expected' }, [{ type: 'text', value: next.value }])] : [];
            tree.children.splice(i, hasOutput ? 2 : 1, jsx('exrun-snippet', attributes, [node, ...expected]));
        }
    };
}
