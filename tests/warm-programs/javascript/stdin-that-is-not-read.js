// exrun: {"stdin": "left\n"}
console.log(process.stdin.readableFlowing); process.stdin.pause(); process.stdin.unref?.(); setTimeout(() => console.log('end'), 5);
