// SPDX-License-Identifier: MIT
// Recorded output is compared as `examples:verify` of the Laravel package does it: white space at the end of a line and
// of the whole does not count.

/** Returns true if @output can still become @recorded. Its last line may be unfinished. */
export function startsLike(output, recorded) {
    const lines = output.split('\n');
    const last = lines.pop();
    const wanted = trimmed(recorded).split('\n');
    if (trimmed(output).split('\n').length > wanted.length) return false;
    return lines.every((line, i) => line.trimEnd() === (wanted[i] ?? '')) && (wanted[lines.length] ?? '').startsWith(last.trimEnd());
}

/** Returns null, or {line, recorded}: the first line that differs, and the recorded text of it, undefined behind its end. */
export function differenceOf(output, recorded) {
    const [is, was] = [output, recorded].map((text) => trimmed(text).split('\n'));
    const length = Math.max(is.length, was.length);
    for (let i = 0; i < length; i++) if (is[i] !== was[i]) return { line: i + 1, recorded: was[i] };
    return null;
}

function trimmed(text) {
    return text.split('\n').map((line) => line.trimEnd()).join('\n').trimEnd();
}
