import java.lang.annotation.*;
import java.lang.reflect.*;
import java.util.*;
public class Main {
    @Retention(RetentionPolicy.RUNTIME) @interface Note { String value() default "d"; }
    @Note("x") static class A { private int hidden = 5; public String f(int a, String b) { return a + b; } }
    interface Greeter { String greet(String name); }
    public static void main(String[] args) throws Exception {
        Field f = A.class.getDeclaredField("hidden"); f.setAccessible(true);
        System.out.println(f.getInt(new A()) + " " + A.class.getAnnotation(Note.class) + A.class.getMethod("f", int.class, String.class) + Arrays.toString(A.class.getMethod("f", int.class, String.class).getParameters()) + Modifier.toString(A.class.getModifiers()));
        Greeter g = (Greeter) Proxy.newProxyInstance(Main.class.getClassLoader(), new Class<?>[] {Greeter.class}, (proxy, method, a) -> method.getName() + a[0]);
        Runnable lambda = () -> { };
        System.out.println(g.greet("y") + g.getClass().getName() + lambda.getClass().getSimpleName().replaceAll("/.*|0x.*", "") + new Object() { }.getClass().getName() + java.lang.invoke.MethodHandles.lookup());
    }
}
