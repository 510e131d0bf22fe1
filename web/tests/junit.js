// SPDX-License-Identifier: MIT
// A reporter of node --test that writes JUnit XML. The one of newer Nodes does not exist in Debian 12's.
import { basename } from 'node:path';

const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export default async function* junit(events) {
    yield '<?xml version="1.0" encoding="utf-8"?>\n<testsuites>\n<testsuite name="web">\n';
    for await (const { type, data } of events) {
        if (!['test:pass', 'test:fail'].includes(type) || data.details?.type === 'suite' || isFile(data.name)) continue;
        const name = `classname="${escape(`web.${basename(data.file ?? 'web').replace(/\.test\.js$|\.js$/, '')}`)}" name="${escape(data.name)}" time="${((data.details?.duration_ms ?? 0) / 1000).toFixed(3)}"`;
        if (data.skip !== undefined) yield `<testcase ${name}><skipped message="${escape(data.skip)}"/></testcase>\n`;
        else if (type === 'test:pass') yield `<testcase ${name}/>\n`;
        else yield `<testcase ${name}><failure message="${escape(data.details.error?.message)}">${escape(data.details.error?.cause?.stack ?? data.details.error?.stack)}</failure></testcase>\n`;
    }
    yield '</testsuite>\n</testsuites>\n';
}

/** Node 18 reports each file as a test, too. */
function isFile(name) {
    return name.endsWith('.test.js');
}

function escape(text) {
    return String(text ?? '').replace(/[\0-\x08\x0b\x0c\x0e-\x1f]/g, '?').replace(/[&<>"]/g, (character) => ESCAPES[character]);
}
