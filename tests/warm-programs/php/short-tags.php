<? echo "short" ?>
<?= "echo" ?>
<script language="php">echo 1;</script>
