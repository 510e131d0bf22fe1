// Small buffers are cut from one piece of memory, one after the other.
const a = Buffer.from('a'), b = Buffer.from('bc'), c = Buffer.allocUnsafe(10);
console.log(a.byteOffset, b.byteOffset, c.byteOffset, a.buffer.byteLength, a.buffer === b.buffer, Buffer.alloc(1).byteOffset);
