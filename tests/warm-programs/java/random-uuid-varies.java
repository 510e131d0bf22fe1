// exrun: {"varies": true}
public class Main { public static void main(String[] args) throws Exception { System.out.println(java.util.UUID.randomUUID() + " " + new java.security.SecureRandom().nextLong() + java.security.SecureRandom.getInstance("SHA1PRNG").nextLong()); } }
