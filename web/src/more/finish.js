// SPDX-License-Identifier: MIT
// The end of a run: the sentence, the figures, the comparison with the recorded output, and the words for a screen reader.
import { make } from '../element/dom.js';
import { withoutEscapes } from './ansi.js';
import { sentenceOf } from './problem.js';
import { frameOf, picturesOf } from './view.js';

const QUIET = ['ok', 'cancelled'];
const NOT_STARTED = ['compile_failed', 'error']; // the output is not the program's
const MOST_SPOKEN = 200; // characters
const MOST_PARSED = 8192; // characters of output, of which escape sequences may be a part

/** Shows the result of a run. @run is {result, output, place}, @parts is {element, panel, text, link, edit, mark}. */
export function finish({ result, output, place }, parts) {
    const { element, panel, text } = parts;
    const isBad = !QUIET.includes(result.verdict);
    const compiler = result.verdict === 'compile_failed' ? result.compile?.stderr || result.compile?.stdout : '';
    if (compiler && output.isEmpty) output.write(compiler, 'error');
    if (isBad) output.release();
    if (!NOT_STARTED.includes(result.verdict)) compare(output, parts);
    output.flush();
    if (!compiler && result.usage) panel.meta(figures(result.usage, text));
    const say = isBad ? sentence(result, place, parts) : [];
    if (isBad) panel.say('bad', ...say);
    if (result.verdict === 'cancelled') panel.note(text.verdict?.cancelled?.(result) ?? result.message);
    const view = element.getAttribute('output');
    const isSeen = !isBad && ['html', 'svg', 'image'].includes(view);
    if (isBad) panel.out.hidden = false;
    const isSaid = result.verdict === 'output_limit'; // the sentence says so
    if (!isSaid && (result.stdout_truncated || result.stderr_truncated || output.isCut)) panel.foot(text.cut);
    else if (output.isEmpty && !isBad && !isSeen) panel.foot(text.none);
    panel.tell([plain(say), isSeen && view !== 'image' ? text.page : outputInWords(output, isBad, text)].filter(Boolean).join(' '));
    return isSeen ? show(view, result, parts) : undefined;
}

/** Shows why there is no result. The recorded output comes back, because it is still true. */
export function finishWithProblem(problem, parts) {
    const { panel, text } = parts;
    const isReaders = problem.isReaders || [0, 401, 413, 419, 429, 503].includes(problem.status);
    const say = sentenceOf(problem, text);
    panel.note('');
    panel.say(isReaders ? 'warn' : 'bad', say);
    panel.tell(say);
}

function compare(output, { panel, text }) {
    const difference = output.compare();
    if (!difference) {
        panel.note(difference === null ? text.confirmed : '');
        return;
    }
    output.release();
    panel.foot(text.differsAt(difference.line, difference.recorded));
    panel.note(text.differs);
}

async function show(view, result, parts) {
    const { panel, text } = parts;
    if (view === 'image') {
        const pictures = await picturesOf(result, parts.element, parts);
        panel.view.replaceChildren(...pictures);
        if (pictures.length === 0) panel.foot(text.noPicture);
        return;
    }
    const frame = frameOf(result, parts.element, parts);
    panel.out.hidden = frame !== null; // without a frame, its text is shown as it is
    if (frame) panel.view.replaceChildren(frame);
}

function figures({ wall_us: wall, memory_peak_bytes: memory }, text) {
    return [text.time(wall), memory && text.memory(memory)].filter(Boolean).join(' · ');
}

/** Returns the sentence in parts: its line is a button into the code of its snippet, or named as one of the hidden code. */
function sentence(result, place, { text, edit, mark, element }) {
    const say = text.verdict?.[result.verdict]?.(result) ?? result.message;
    const line = result.at?.line;
    // A line of another file of the program stays as it is.
    if (!line || place.files.includes(result.at.path)) return [say];
    const [, before, after] = new RegExp(`^(.*)\\b\\w+ ${line}\\b(.*)$`, 's').exec(say) ?? [null, `${say} `, ''];
    const part = place.parts.find((one) => line > one.before && line <= one.before + one.lines);
    if (!part) return [before, text.hidden, after];
    const here = line - part.before;
    if (part.snippet && part.snippet !== element) return [before, otherLine(part.snippet, here, text), after]; // /play is no snippet
    mark(here);
    const button = make('button', { class: 'line' }, text.line(here));
    button.addEventListener('click', () => {
        edit(offsetOf(element.code, here));
        mark(here);
    });
    return [before, button, after];
}

/** Returns a button that shows a line of another snippet, which that one is a part of. */
function otherLine(snippet, line, text) {
    if (!snippet.checkVisibility()) return text.hidden;
    const button = make('button', { class: 'line' }, text.line(line, snippet.getAttribute('example') ?? snippet.id));
    button.addEventListener('click', () => {
        snippet.scrollIntoView({ block: 'center' });
        snippet.mark(line);
    });
    return button;
}

function offsetOf(code, line) {
    return code.split('\n').slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
}

function plain(parts) {
    return parts.map((part) => part.textContent ?? part).join('');
}

/** Short output is read out, long output only counted. */
function outputInWords(output, isBad, text) {
    if (output.isEmpty) return isBad ? '' : text.none;
    const isLong = output.stdout.length > MOST_PARSED;
    const shown = (isLong ? output.stdout : withoutEscapes(output.stdout)).trim();
    if (!shown) return '';
    return !isLong && shown.length < MOST_SPOKEN ? `${text.output}: ${shown}` : text.lines(shown.split('\n').length);
}
