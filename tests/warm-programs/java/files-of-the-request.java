// exrun: {"files": [{"path": "shop/Cart.java", "content": "package shop;\npublic class Cart {\n  public int total() { return 7; }\n  public void fail() { throw new IllegalStateException(\"in the cart\"); }\n}\n"}, {"path": "Helper.java", "content": "class Helper {\n  static String name() { return Helper.class.getName() + new Throwable().getStackTrace()[0]; }\n}\n"}, {"path": "data.txt", "content": "a;1\nb;2\n"}, {"path": "shop/prices.properties", "content": "apple=3\n"}]}
import java.io.*;
import java.nio.file.*;
import java.util.*;
import shop.Cart;
public class Main {
    public static void main(String[] args) throws Exception {
        System.out.println(new Cart().total() + Helper.name() + Files.readAllLines(Path.of("data.txt")) + new String(Main.class.getResourceAsStream("/data.txt").readAllBytes()).length() + Main.class.getResource("data.txt"));
        Properties prices = new Properties();
        prices.load(Cart.class.getResourceAsStream("prices.properties"));
        System.out.println(prices + " " + ResourceBundle.getBundle("shop.prices").getString("apple") + Main.class.getResource("/none") + ClassLoader.getSystemResource("shop/prices.properties"));
        new Cart().fail();
    }
}
