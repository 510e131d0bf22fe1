use std::fmt::Write;
fn main() {
    let mut s = String::from("hello, world");
    s.push('!'); s.insert_str(0, ">> ");
    println!("{} {} {:?} {:?} {}", s.to_uppercase(), s.len(), s.find("wor"), "a,b,,c".split(',').collect::<Vec<_>>(), "-".repeat(3));
    println!("{:05}|{:<6}|{:>6}|{:^6}|{:x}|{:#b}|{:.2}|{:e}|{:?}|{0:?}", 42, "ab", "cd", "ef", 255, 5, 3.14159, 12345.678, "q\"q");
    println!("{} {} {:?} {}", "zażółć".chars().count(), "zażółć".len(), "日本".char_indices().collect::<Vec<_>>(), "reverse".chars().rev().collect::<String>());
    println!("{:?} {:?} {} {}", "12x".parse::<i32>().map_err(|e| e.to_string()), "42".parse::<u8>(), &s[3..8], "trim ".trim_end());
    println!("{:?} {} {:?}", "k=v".split_once('='), "aXb".replace('X', "-"), "the cat".split_whitespace().map(|w| w.len()).sum::<usize>());
    let mut out = String::new(); write!(out, "{:>width$.prec$}", 3.14159, width = 8, prec = 1).unwrap(); println!("{}|{}", out, format!("{out:?}"));
    println!("{:?} {} {:?} {}", "é".as_bytes(), 'a' as u32, char::from_u32(128024), 'ß'.is_alphabetic()); println!(r"raw\n {}", "multi\
        line"); println!("{:?}", String::from_utf8(vec![0xff]).is_err()); println!("{}", "apple" < "banana"); println!("{:?}", "l1\nl2".lines().enumerate().collect::<Vec<_>>());
}
