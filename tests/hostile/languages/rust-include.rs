// SPDX-License-Identifier: MIT
// tries: has the compiler put a file of the host into the program
// layer: root
// source: Rust include_str!
// expect: compile_failed failed
// breach: BREACH
fn main() {
    println!("{}{} {}", "BRE", "ACH", include_str!("@DIR@/secret"));
}
