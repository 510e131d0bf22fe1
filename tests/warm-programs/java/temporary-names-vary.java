// exrun: {"varies": true}
import java.nio.file.*;
public class Main { public static void main(String[] args) throws Exception { System.out.println(Files.createTempFile("x", "y") + " " + Files.createTempDirectory("z") + java.io.File.createTempFile("abc", null)); } }
