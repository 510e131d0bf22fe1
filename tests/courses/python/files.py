import fnmatch, glob, gzip, mmap, os, pathlib, pickle, shutil, sqlite3, stat, tempfile, zipfile

with tempfile.TemporaryDirectory() as name:
    root = pathlib.Path(name)
    (root / "a").mkdir(); (root / "a/x.txt").write_text("one\ntwo\n"); (root / "b.bin").write_bytes(bytes(range(256)))
    with open(root / "a/x.txt", "a+") as f:
        f.write("three\n"); f.seek(0); print([line.strip() for line in f], f.tell())
    os.symlink("b.bin", root / "link"); os.rename(root / "b.bin", root / "c.bin"); os.chmod(root / "c.bin", 0o640)
    print(sorted(p.name for p in root.rglob("*")), os.path.islink(root / "link"), oct(stat.S_IMODE((root / "c.bin").stat().st_mode)))
    shutil.copytree(root / "a", root / "d"); print(sorted(glob.glob("*", root_dir=root)), sorted(fnmatch.filter(os.listdir(root), "?")))
    with gzip.open(root / "z.gz", "wt") as f: f.write("packed")
    print(gzip.open(root / "z.gz", "rt").read(), pickle.loads(pickle.dumps({1: {2}})))
    with zipfile.ZipFile(root / "z.zip", "w") as z: z.writestr("in.txt", "zip")
    print(zipfile.ZipFile(root / "z.zip").namelist())
    with open(root / "c.bin", "r+b") as f, mmap.mmap(f.fileno(), 0) as m: m[0:3] = b"abc"; print(m[:5])
    db = sqlite3.connect(root / "t.db"); db.execute("create table t(a)"); db.executemany("insert into t values(?)", [(1,), (2,)]); db.commit()
    print(db.execute("select sum(a) from t").fetchone(), (root / "t.db").exists())
print(os.path.exists(name), os.path.splitext("a.tar.gz"), os.path.join("a", "..", "b"), os.access("/usr", os.W_OK) and os.getuid() != 0)
