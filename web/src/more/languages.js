// SPDX-License-Identifier: MIT
// The look of a language: which texts are comments, strings and so on. The kinds of a language are tried in their
// order, at each place of the code; words that are not in its list of keywords become functions or class names by the
// characters behind them. A pattern must not look far for an end that does not exist, at each place of the code again:
// so a look behind comes after the first character, and what can be without an end is bounded.

const DOUBLE = String.raw`"(?:\\[\s\S]|[^"\\])*"?`;
const SINGLE = String.raw`'(?:\\[\s\S]|[^'\\])*'?`;
const LINE_DOUBLE = String.raw`"(?:\\[\s\S]|[^"\\\n])*"?`;
const LINE_SINGLE = String.raw`'(?:\\[\s\S]|[^'\\\n])*'?`;
const BACKTICK = '`(?:\\\\[\\s\\S]|[^`\\\\])*`?';
const END = String.raw`$(?![\s\S])`; // of the code: a comment or a string that has no end yet goes so far
const SLASHES = String.raw`\/\/.*|\/\*[\s\S]*?(?:\*\/|${END})`;
const TRIPLE = String.raw`"{3}[\s\S]*?(?:"{3}|${END})|'{3}[\s\S]*?(?:'{3}|${END})`;
const HEREDOC = String.raw`<<<["']?\w+["']?\n[\s\S]*?(?:\n[ \t]*[A-Z_]+\b|${END})`;
const NUMBER = String.raw`\b(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*\.?[\d_]*|\.\d+)(?:[eE][+-]?\d+)?)[a-zA-Z]*`;
const OPERATOR = String.raw`[-+*\/%=<>!&|^~?@]+`;
const PUNCTUATION = String.raw`[{}()[\];,.:]`;
const WORD = String.raw`[A-Za-z_]\w*`;

const C_WORDS = 'auto break case char const continue default do double else enum extern float for goto if inline int long register return short signed sizeof static struct switch typedef union unsigned void volatile while bool';

// Each kind is a name and a pattern. `words` are the keywords, `constants` are the words that are values.
const LANGUAGES = {
    bash: { kinds: { comment: String.raw`(?<![\w$])#.*`, string: `${DOUBLE}|'[^']*'?`, variable: String.raw`\$(?:\w+|[?#@*!$-]|\{[^}]{0,250}\})` },
        words: 'if then elif else fi for while until do done case esac in function return local export declare readonly unset shift break continue exit set echo printf read cd test source trap' },
    c: { kinds: { comment: SLASHES, property: String.raw`^[ \t]*#\s*\w+.*`, string: `${LINE_DOUBLE}|${LINE_SINGLE}` }, words: C_WORDS, constants: 'NULL true false' },
    cpp: { kinds: { comment: SLASHES, property: String.raw`^[ \t]*#\s*\w+.*`, string: `R"\\([\\s\\S]*?(?:\\)"|${END})|${LINE_DOUBLE}|${LINE_SINGLE}` },
        words: `${C_WORDS} alignas and catch class concept constexpr consteval co_await co_return co_yield decltype delete explicit export friend import module mutable namespace new noexcept not operator or override final private protected public requires static_assert static_cast dynamic_cast reinterpret_cast const_cast template this throw try typename using virtual wchar_t`, constants: 'nullptr true false' },
    go: { kinds: { comment: SLASHES, string: `${LINE_DOUBLE}|${BACKTICK}|${LINE_SINGLE}` },
        words: 'break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var string int int64 int32 uint uint64 byte rune float64 float32 bool error any', constants: 'true false nil iota' },
    java: { kinds: { comment: SLASHES, string: `${TRIPLE}|${LINE_DOUBLE}|${LINE_SINGLE}`, annotation: String.raw`@\w+` },
        words: 'abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally float for goto if implements import instanceof int interface long native new package private protected public record return sealed permits short static strictfp super switch synchronized this throw throws transient try var void volatile while yield', constants: 'true false null' },
    javascript: { kinds: { comment: SLASHES, string: `${LINE_DOUBLE}|${LINE_SINGLE}|${BACKTICK}`, regex: String.raw`(?=\/[^*\/])(?<=(?:^|[=(,:;!&|?{}\n]|return)\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n]){0,250}\]|[^\/\\\n[])+\/[a-z]*` },
        words: 'as async await break case catch class const continue debugger default delete do else export extends finally for from function get if import in instanceof let new of return set static super switch this throw try typeof var void while with yield interface type enum', constants: 'true false null undefined NaN Infinity' },
    lua: { kinds: { comment: String.raw`--\[\[[\s\S]*?(?:\]\]|${END})|--.*`, string: String.raw`\[\[[\s\S]*?(?:\]\]|${END})|${LINE_DOUBLE}|${LINE_SINGLE}` },
        words: 'and break do else elseif end for function goto if in local not or repeat return then until while', constants: 'nil true false' },
    perl: { kinds: { comment: String.raw`(?<![\w$])#.*|^=\w[\s\S]*?(?:^=cut|${END})`, string: `${DOUBLE}|${SINGLE}`, regex: String.raw`(?=[ms]?\/)(?<=[=!]~\s*)(?:[ms]?\/(?:\\.|[^\/\\\n])*\/(?:(?:\\.|[^\/\\\n])*\/)?[a-z]*)`, variable: String.raw`[$@%](?:\w+|\{\w+\}|[_&!@\/\\,;.0])` },
        words: 'my our local sub return if elsif else unless while until for foreach last next redo do use no package require print printf say push pop shift unshift keys values each map grep sort split join die warn eval defined undef and or not eq ne lt gt le ge cmp x' },
    php: { kinds: { delimiter: String.raw`<\?php\b|<\?=|\?>`, comment: `${SLASHES}|#(?!\\[).*`, string: `${HEREDOC}|${DOUBLE}|${SINGLE}|${BACKTICK}`, variable: String.raw`\$\w+` },
        words: 'abstract and array as break callable case catch class clone const continue declare default do echo else elseif empty enddeclare endfor endforeach endif endswitch endwhile enum exit extends final finally fn for foreach function global goto if implements include include_once instanceof insteadof interface isset list match namespace new or print private protected public readonly require require_once return static switch throw trait try unset use var while xor yield int float string bool void mixed never self parent iterable object', constants: 'true false null', ignoresCase: true },
    python: { kinds: { comment: '#.*', string: `(?:\\b[rRbBfFuU]{1,2})?(?:${TRIPLE}|${LINE_DOUBLE}|${LINE_SINGLE})`, decorator: String.raw`^[ \t]*@[\w.]+` },
        words: 'and as assert async await break class continue def del elif else except finally for from global if import in is lambda match case nonlocal not or pass raise return try while with yield', constants: 'True False None' },
    ruby: { kinds: { comment: String.raw`#(?!\{).*|^=begin[\s\S]*?(?:^=end|${END})`, string: `${DOUBLE}|${SINGLE}|${BACKTICK}`, symbol: String.raw`(?<!:):[A-Za-z_]\w*[?!]?|\b[a-z_]\w*:(?!:)`, variable: String.raw`@{1,2}\w+|\$\w+` },
        words: 'alias and begin break case class def defined do else elsif end ensure for if in module next not or redo rescue retry return self super then undef unless until when while yield puts print require require_relative attr_accessor attr_reader attr_writer raise loop lambda proc', constants: 'true false nil' },
    rust: { kinds: { comment: SLASHES, string: `b?${DOUBLE}|b?'(?:\\\\.[^']*|[^'\\\\\\n])'`, symbol: String.raw`'[a-z_]\w*\b`, annotation: String.raw`#!?\[[^\]]{0,250}\]` },
        words: 'as async await box break const continue crate dyn else enum extern fn for if impl in let loop match mod move mut pub ref return self Self static struct super trait type union unsafe use where while i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 bool char str', constants: 'true false None Some Ok Err' },
    sql: { kinds: { comment: String.raw`--.*|\/\*[\s\S]*?(?:\*\/|${END})`, string: "'(?:''|[^'])*'?" },
        words: 'add all alter and as asc autoincrement begin between by cascade case check collate column commit constraint create cross database default delete desc distinct drop else end except exists explain foreign from full group having if in index inner insert intersect into is join key left like limit natural not null offset on or order outer primary recursive references right rollback select set table then to transaction trigger union unique update using values view when where with integer int text real blob numeric varchar char boolean date timestamp over partition', ignoresCase: true },
};

const ALIASES = { sh: 'bash', shell: 'bash', 'c++': 'cpp', js: 'javascript', typescript: 'javascript', ts: 'javascript', py: 'python', python3: 'python', rb: 'ruby', rs: 'rust', golang: 'go', sqlite: 'sql' };
const grammars = new Map();

/** Returns {pattern, kinds, keywords, constants, ignoresCase} of a language, or null. The pattern has a group for each kind. */
export function grammarOf(name) {
    const language = Object.hasOwn(ALIASES, name) ? ALIASES[name] : name;
    if (!Object.hasOwn(LANGUAGES, language)) return null;
    if (!grammars.has(language)) grammars.set(language, grammar(LANGUAGES[language]));
    return grammars.get(language);
}

function grammar({ kinds, words, constants = '', ignoresCase = false }) {
    const all = { ...kinds, number: NUMBER, word: WORD, operator: OPERATOR, punctuation: PUNCTUATION };
    const set = (list) => new Set(list.split(' '));
    return { pattern: new RegExp(Object.values(all).map((pattern) => `(${pattern})`).join('|'), 'gm'), kinds: Object.keys(all), keywords: set(words), constants: set(constants), ignoresCase };
}
