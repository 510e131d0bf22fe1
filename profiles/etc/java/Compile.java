// SPDX-License-Identifier: MIT
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import java.util.zip.*;

/** Compiles as javac does, and packs the classes with the name of the one that has the main method. */
public class Compile {
    public static void main(String[] args) throws IOException {
        int status = com.sun.tools.javac.Main.compile(args);
        if (status == 0) status = pack(Path.of("/tmp/classes"), args[args.length - 1]);
        System.exit(status);
    }

    private static int pack(Path top, String entry) throws IOException {
        TreeMap<String, byte[]> classes = new TreeMap<>();
        collect(top.toFile(), "", classes);
        String first = entry.substring(0, entry.length() - ".java".length()) + ".class", main = null;
        for (Map.Entry<String, byte[]> one : classes.entrySet()) {
            String name = one.getKey();
            if (!name.endsWith(".class") || !hasMain(one.getValue())) continue;
            if (name.equals(first) || name.endsWith("/" + first)) { main = name; break; }
            if (main == null) main = name;
        }
        if (main == null) {
            System.err.println(entry + ": no class has a main method: public static void main(String[] args)");
            return 1;
        }
        String head = "Manifest-Version: 1.0\r\nCreated-By: " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")\r\n";
        ByteArrayOutputStream manifest = new ByteArrayOutputStream();
        manifest.write(head.getBytes(StandardCharsets.UTF_8));
        // A line has at most 72 bytes, and goes on in the next one after a blank.
        byte[] line = ("Main-Class: " + main.substring(0, main.length() - ".class".length()).replace('/', '.')).getBytes(StandardCharsets.UTF_8);
        for (int at = 0, room = 72; at < line.length; at += room, room = 71) {
            if (at > 0) manifest.write("\r\n ".getBytes(StandardCharsets.UTF_8));
            manifest.write(line, at, Math.min(room, line.length - at));
        }
        manifest.write("\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        try (ZipOutputStream jar = new ZipOutputStream(new BufferedOutputStream(new FileOutputStream("/box/main.jar")))) {
            jar.setMethod(ZipOutputStream.STORED);
            put(jar, "META-INF/", new byte[0]);
            put(jar, "META-INF/MANIFEST.MF", manifest.toByteArray());
            for (Map.Entry<String, byte[]> one : classes.entrySet()) put(jar, one.getKey(), one.getValue());
        }
        return 0;
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

    /** Looks for a public static method main(String[]) in a class file (JVMS, section 4.1). */
    private static boolean hasMain(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        in.skipNBytes(8);
        String[] texts = new String[in.readUnsignedShort()];
        for (int i = 1; i < texts.length; i++) {
            int tag = in.readUnsignedByte();
            if (tag == 1) texts[i] = in.readUTF();
            else in.skipNBytes(tag == 7 || tag == 8 || tag == 16 || tag == 19 || tag == 20 ? 2 : tag == 15 ? 3 : tag == 5 || tag == 6 ? 8 : 4);
            if (tag == 5 || tag == 6) i++;
        }
        in.skipNBytes(6);
        in.skipNBytes(2L * in.readUnsignedShort());
        skipMembers(in, in.readUnsignedShort());
        for (int n = in.readUnsignedShort(); n > 0; n--) {
            int access = in.readUnsignedShort();
            String name = texts[in.readUnsignedShort()], type = texts[in.readUnsignedShort()];
            if ((access & 9) == 9 && name.equals("main") && type.equals("([Ljava/lang/String;)V")) return true;
            skipAttributes(in);
        }
        return false;
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
        jar.putNextEntry(entry);
        jar.write(bytes);
        jar.closeEntry();
    }
}
