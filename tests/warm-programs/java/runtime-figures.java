public class Main {
    public static void main(String[] args) throws Exception {
        Runtime r = Runtime.getRuntime();
        System.out.println(r.availableProcessors() + " " + r.maxMemory() + " " + r.totalMemory() + " " + Runtime.version() + (r.freeMemory() < r.totalMemory()));
        var os = (com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean();
        System.out.println(os.getArch() + os.getName() + os.getAvailableProcessors() + " " + os.getTotalSwapSpaceSize() * 0);
        var options = java.lang.management.ManagementFactory.getPlatformMXBean(com.sun.management.HotSpotDiagnosticMXBean.class);
        for (String name : new String[] {"MaxHeapSize", "InitialHeapSize", "UseSerialGC", "TieredStopAtLevel", "MaxRAM", "ThreadStackSize", "UseSharedSpaces", "UsePerfData", "ReservedCodeCacheSize", "UseContainerSupport", "FlightRecorder", "CompressedClassSpaceSize", "NewSize"}) System.out.println(options.getVMOption(name));
    }
}
