// SPDX-License-Identifier: MIT
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.time.LocalDateTime;
import java.util.*;
import java.util.regex.*;
import java.util.zip.*;

/**
 * Compiles as javac does, and packs the classes with the name of the one that has the main method. The first argument is the path of
 * the entry's class, the others are javac's. The status of a compiler's error is not 1, which is the one if this class can't be loaded.
 * With "--wait FILE" alone it does what compile.sh and this class do for that file, as soon as it is there; its status is then javac's.
 */
public class Compile {
    private static final int FAILED = 3;
    private static final int PUBLIC = 0x1, FINAL = 0x10, SUPER = 0x20, INTERFACE = 0x200, SYNTHETIC = 0x1000, ENUM = 0x4000;
    private static final String[] SAMPLES = {"/prepared/right", "/prepared/wrong"};

    public static void main(String[] args) throws IOException {
        if (args[0].equals("--wait")) System.exit(compileLater(Path.of("/box", args[1])) ? 0 : 1);
        int status = com.sun.tools.javac.Main.compile(Arrays.copyOfRange(args, 1, args.length));
        System.exit(status == 0 && pack(Path.of("/tmp/classes"), args[0]) ? 0 : FAILED);
    }

    /** This process waits in the call that opens the file. */
    private static boolean compileLater(Path file) throws IOException {
        rehearse(file);
        String text, name = file.getFileName().toString(), type = name.substring(0, name.lastIndexOf('.'));
        try (FileInputStream in = new FileInputStream(file.toString())) {
            text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
        // javac wants a public class in a file of the same name.
        String changed = text.contains("public") ? withoutPublic(text, type) : text;
        if (!changed.equals(text)) Files.write(file, changed.getBytes(StandardCharsets.ISO_8859_1));
        Files.createDirectories(Path.of("/tmp/classes"));
        String[] options = {"-proc:none", "-classpath", ".:/box", "-d", "/tmp/classes", name};
        return com.sun.tools.javac.Main.compile(options) == 0 && pack(Path.of("/tmp/classes"), folderOfPackage(text) + type);
    }

    /** Compiles samples, so that everything is loaded that a source needs. */
    private static void rehearse(Path file) throws IOException {
        Path rehearsed = Files.createDirectories(Path.of("/tmp/rehearsed"));
        for (String sample : SAMPLES) {
            String[] options = {"-proc:none", "-classpath", sample, "-d", rehearsed.toString(), sample + "/" + file.getFileName()};
            com.sun.tools.javac.Main.compile(options, new PrintWriter(OutputStream.nullOutputStream()));
        }
        String sample = new String(Files.readAllBytes(Path.of(SAMPLES[0], file.getFileName().toString())), StandardCharsets.ISO_8859_1);
        folderOfPackage(withoutPublic(sample, ""));
        remove(rehearsed.toFile());
        System.gc();
    }

    private static void remove(File file) {
        File[] inside = file.listFiles();
        if (inside != null) for (File one : inside) remove(one);
        file.delete();
    }

    /** As compile.sh does: the first line counts that has it all. No part of the pattern is tried twice at one place. */
    private static String folderOfPackage(String text) {
        Pattern line = Pattern.compile("(?:.*\\*/)?\\s*+package\\s++([^;\\s]*+)\\s*+;.*", Pattern.DOTALL);
        for (String one : text.split("\n")) {
            Matcher found = line.matcher(one);
            if (found.matches()) return found.group(1).replace('.', '/') + "/";
        }
        return "";
    }

    /** As public.awk does. */
    private static String withoutPublic(String text, String name) {
        StringBuilder changed = new StringBuilder(text.length() + 1);
        String state = "", quotes = "\"\"\"";
        int depth = 0;
        boolean expected = false, wasPublic = false;
        String[] lines = text.split("\n", -1);
        int n = lines.length - (lines[lines.length - 1].isEmpty() ? 1 : 0);
        for (int i = 0; i < n; i++) {
            String line = lines[i];
            if (state.equals("//") || state.equals("\"") || state.equals("'")) state = "";
            for (int at = 0, length; at < line.length(); at += length) {
                char first = line.charAt(at);
                length = 1;
                if (state.isEmpty() && isPartOfWord(first)) {
                    while (at + length < line.length() && length < 500 && isPartOfWord(line.charAt(at + length))) length++;
                    String word = line.substring(at, at + length);
                    if (depth == 0 && expected) {
                        if (wasPublic && word.equals(name)) return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
                        expected = wasPublic = false;
                    }
                    if (depth == 0 && (word.equals("class") || word.equals("interface") || word.equals("enum") || word.equals("record"))) expected = true;
                    if (depth == 0 && word.equals("public")) {
                        wasPublic = true;
                        word = "      ";
                    }
                    changed.append(word);
                    continue;
                }
                if (state.equals("/*") && line.startsWith("*/", at)) {
                    state = "";
                    length = 2;
                } else if (state.isEmpty() && (line.startsWith("/*", at) || line.startsWith("//", at))) {
                    state = line.substring(at, at + 2);
                    length = 2;
                } else if ((state.isEmpty() || state.equals(quotes)) && line.startsWith(quotes, at)) {
                    state = state.isEmpty() ? quotes : "";
                    length = 3;
                } else if (state.isEmpty() && (first == '"' || first == '\'')) {
                    state = String.valueOf(first);
                } else if (state.length() == 1 && first == state.charAt(0)) {
                    state = "";
                } else if ((state.length() == 1 || state.equals(quotes)) && first == '\\' && at + 1 < line.length()) {
                    length = 2;
                } else if (state.isEmpty()) {
                    depth += first == '{' ? 1 : first == '}' ? -1 : 0;
                }
                changed.append(line, at, at + length);
            }
            changed.append('\n');
        }
        return changed.toString();
    }

    private static boolean isPartOfWord(char one) {
        return one >= 'A' && one <= 'Z' || one >= 'a' && one <= 'z' || one >= '0' && one <= '9' || one == '_' || one == '$';
    }

    private static boolean pack(Path top, String first) throws IOException {
        TreeMap<String, byte[]> files = new TreeMap<>();
        collect(top.toFile(), "", files);
        TreeMap<String, ClassFile> classes = new TreeMap<>();
        for (Map.Entry<String, byte[]> one : files.entrySet()) {
            String name = one.getKey();
            if (name.endsWith(".class")) classes.put(name.substring(0, name.length() - ".class".length()), new ClassFile(one.getValue()));
        }
        String entry = first.substring(first.lastIndexOf('/') + 1) + ".java", main = mainOf(classes, first, entry);
        if (main == null) {
            System.err.println(entry + ": no class has a main method: public static void main(String[] args)");
            return false;
        }
        // An interpreter that waits has read already that the class is called Main.
        if (canBeMain(classes, main)) {
            files.put("Main.class", subclass("Main", main, files.get(main + ".class")));
            main = "Main";
        }
        String head = "Manifest-Version: 1.0\r\nCreated-By: " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")\r\n";
        // Resources and services are files of the request, next to the archive.
        head += "Class-Path: ./\r\n";
        ByteArrayOutputStream manifest = new ByteArrayOutputStream();
        manifest.write(head.getBytes(StandardCharsets.UTF_8));
        // A line has at most 72 bytes, and goes on in the next one after a blank.
        byte[] line = ("Main-Class: " + main.replace('/', '.')).getBytes(StandardCharsets.UTF_8);
        for (int at = 0, room = 72; at < line.length; at += room, room = 71) {
            if (at > 0) manifest.write("\r\n ".getBytes(StandardCharsets.UTF_8));
            manifest.write(line, at, Math.min(room, line.length - at));
        }
        manifest.write("\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        try (ZipOutputStream jar = new ZipOutputStream(new BufferedOutputStream(new FileOutputStream("/box/main.jar")))) {
            jar.setMethod(ZipOutputStream.STORED);
            put(jar, "META-INF/", new byte[0]);
            put(jar, "META-INF/MANIFEST.MF", manifest.toByteArray());
            for (Map.Entry<String, byte[]> one : files.entrySet()) put(jar, one.getKey(), one.getValue());
        }
        return true;
    }

    /** Prefers the class that is called like the entry, then others of the entry. */
    private static String mainOf(Map<String, ClassFile> classes, String first, String entry) {
        TreeMap<String, String> sources = new TreeMap<>();
        for (Map.Entry<String, ClassFile> one : classes.entrySet())
            if (one.getValue().hasMain) sources.put(one.getKey(), one.getValue().source);
        if (sources.containsKey(first)) return first;
        String folder = folderOf(first);
        for (Map.Entry<String, String> one : sources.entrySet())
            if (one.getValue().equals(entry) && folderOf(one.getKey()).equals(folder)) return one.getKey();
        return sources.isEmpty() ? null : sources.firstKey();
    }

    /** True if a subclass called Main can stand for the class, and nothing in the program or the request could mean another Main. */
    private static boolean canBeMain(Map<String, ClassFile> classes, String main) {
        ClassFile file = classes.get(main);
        boolean isSeen = (file.access & PUBLIC) != 0 || !main.contains("/");
        if (!isSeen || file.isSealed || (file.access & (FINAL | INTERFACE | ENUM)) != 0 || new File("/box/Main.class").exists()) return false;
        for (ClassFile one : classes.values())
            if (one.namesMain) return false;
        return true;
    }

    /** Returns an empty class of the same version as its parent, whose static methods it inherits (JVMS, section 4.1). */
    private static byte[] subclass(String name, String parent, byte[] bytesOfParent) throws IOException {
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(made);
        out.write(bytesOfParent, 0, 8);
        out.writeShort(5);
        for (String text : new String[] {name, parent}) {
            out.writeByte(1);
            out.writeUTF(text);
        }
        for (int text = 1; text <= 2; text++) {
            out.writeByte(7);
            out.writeShort(text);
        }
        for (int part : new int[] {SUPER | SYNTHETIC, 3, 4, 0, 0, 0, 0}) out.writeShort(part);
        return made.toByteArray();
    }

    private static String folderOf(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static void collect(File folder, String prefix, Map<String, byte[]> classes) throws IOException {
        for (File file : folder.listFiles()) {
            if (file.isDirectory()) {
                classes.put(prefix + file.getName() + "/", new byte[0]);
                collect(file, prefix + file.getName() + "/", classes);
            } else {
                classes.put(prefix + file.getName(), Files.readAllBytes(file.toPath()));
            }
        }
    }

    /** What matters of a class file (JVMS, section 4.1). "source" is "" if it is not known; "namesMain": a constant has the word. */
    private static final class ClassFile {
        final int access;
        boolean hasMain, isSealed, namesMain;
        String source = "";

        ClassFile(byte[] bytes) throws IOException {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            in.skipNBytes(8);
            String[] texts = new String[in.readUnsignedShort()];
            for (int i = 1; i < texts.length; i++) {
                int tag = in.readUnsignedByte();
                if (tag == 1) texts[i] = in.readUTF();
                else in.skipNBytes(tag == 7 || tag == 8 || tag == 16 || tag == 19 || tag == 20 ? 2 : tag == 15 ? 3 : tag == 5 || tag == 6 ? 8 : 4);
                if (tag == 1 && texts[i].contains("Main") && !texts[i].equals("Main.java")) namesMain = true; // that is the entry's name
                if (tag == 5 || tag == 6) i++;
            }
            access = in.readUnsignedShort();
            in.skipNBytes(4);
            in.skipNBytes(2L * in.readUnsignedShort());
            skipMembers(in, in.readUnsignedShort());
            for (int n = in.readUnsignedShort(); n > 0; n--) {
                int flags = in.readUnsignedShort();
                String name = texts[in.readUnsignedShort()], type = texts[in.readUnsignedShort()];
                if ((flags & 9) == 9 && name.equals("main") && type.equals("([Ljava/lang/String;)V")) hasMain = true;
                skipAttributes(in);
            }
            for (int n = in.readUnsignedShort(); n > 0; n--) {
                String name = texts[in.readUnsignedShort()];
                int length = in.readInt();
                if (name.equals("SourceFile")) source = texts[in.readUnsignedShort()];
                else in.skipNBytes(length);
                if (name.equals("PermittedSubclasses")) isSealed = true;
            }
        }
    }

    private static void skipMembers(DataInputStream in, int n) throws IOException {
        for (; n > 0; n--) {
            in.skipNBytes(6);
            skipAttributes(in);
        }
    }

    private static void skipAttributes(DataInputStream in) throws IOException {
        for (int n = in.readUnsignedShort(); n > 0; n--) {
            in.skipNBytes(2);
            in.skipNBytes(in.readInt());
        }
    }

    private static void put(ZipOutputStream jar, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        entry.setCrc(sum.getValue());
        entry.setSize(bytes.length);
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0)); // the same sources make the same archive
        jar.putNextEntry(entry);
        jar.write(bytes);
        jar.closeEntry();
    }
}
