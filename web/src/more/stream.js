// SPDX-License-Identifier: MIT
// Server-sent events, read from the body of a POST, which EventSource can't send.

/** Yields {name, data} for each event of the stream. */
export async function* readEvents(body) {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    let rest = '';
    try {
        for (;;) {
            const { done, value } = await reader.read();
            if (done) return;
            const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n');
            rest = blocks.pop();
            for (const block of blocks) {
                const event = parseEvent(block);
                if (event) yield event;
            }
        }
    } finally {
        reader.cancel().catch(() => {}); // a reader that was stopped leaves the connection, and thereby ends the run
    }
}

/** Returns the event of a block of lines, or null for a comment. */
export function parseEvent(block) {
    const lines = block.split('\n').map((line) => /^(event|data): ?(.*)$/.exec(line)).filter(Boolean);
    const name = lines.find((line) => line[1] === 'event')?.[2];
    const data = lines.filter((line) => line[1] === 'data').map((line) => line[2]).join('\n');
    return name && data ? { name, data: JSON.parse(data) } : null;
}
