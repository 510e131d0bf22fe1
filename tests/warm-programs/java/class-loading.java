import java.util.*;
public class Main {
    static class Lazy { static { System.out.println("Lazy is initialised"); } static final int CONSTANT = 1; static int variable = 2; }
    static class Never { static { System.out.println("never"); } }
    public static void main(String[] args) throws Exception {
        System.out.println(Lazy.CONSTANT);
        System.out.println(Lazy.variable);
        System.out.println(Class.forName("Main$Never", false, Main.class.getClassLoader()));
        System.out.println(Main.class.getClassLoader().getClass() + Main.class.getClassLoader().getName() + ClassLoader.getPlatformClassLoader().getName() + Object.class.getClassLoader() + Main.class.getModule() + Main.class.getPackageName().isEmpty() + Main.class.getNestHost() + Arrays.toString(Main.class.getDeclaredClasses()));
        System.out.println(Main.class.getProtectionDomain().getCodeSource().getLocation() + " " + Main.class.getResource("Main.class") + Main.class.getResource("/META-INF/MANIFEST.MF") + Collections.list(Main.class.getClassLoader().getResources("META-INF/MANIFEST.MF")) + ModuleLayer.boot().modules().size());
        Class.forName("NoSuchClass");
    }
}
