before
<?php if (true): ?>
  inside <?= __LINE__ ?>

<?php endif ?>
after
