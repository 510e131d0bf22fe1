// SPDX-License-Identifier: MIT
// The first program of each language, which shows its shape. It is replaced when the visitor chooses another language
// and has not changed it.
const SAMPLES = {
    bash: 'echo "Hello, ${1:-world}"\n',
    c: '#include <stdio.h>\n\nint main(void)\n{\n    puts("Hello, world");\n}\n',
    cpp: '#include <iostream>\n\nint main()\n{\n    std::cout << "Hello, world\\n";\n}\n',
    go: 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("Hello, world")\n}\n',
    java: 'public class Main {\n    public static void main(String[] args) {\n        System.out.println("Hello, world");\n    }\n}\n',
    javascript: 'console.log("Hello, world");\n',
    lua: 'print("Hello, world")\n',
    perl: 'use v5.36;\n\nsay "Hello, world";\n',
    php: '<?php\n\necho "Hello, world\\n";\n',
    python: 'print("Hello, world")\n',
    ruby: 'puts "Hello, world"\n',
    rust: 'fn main() {\n    println!("Hello, world");\n}\n',
    sql: "SELECT 'Hello, world';\n",
};

/** Returns the sample of a profile: of the language that is its name, or the first word of it, as in php83. */
export function sampleOf(profile) {
    return SAMPLES[/^[a-z]*/.exec(profile)[0]] ?? '';
}

export function isSample(code) {
    return code === '' || Object.values(SAMPLES).includes(code);
}
