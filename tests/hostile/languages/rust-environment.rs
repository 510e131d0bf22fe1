// SPDX-License-Identifier: MIT
// tries: has the compiler put its environment into the program
// layer: environment
// source: Rust env!, option_env!
// expect: ok
// breach: BREACH
fn main() {
    match option_env!("EXRUN_AUDIT_SECRET") {
        Some(text) => println!("BREACH: {}", text),
        None => println!("held"),
    }
}
