cat /proc/$$/fdinfo/255 | grep -E 'pos|flags'
exec 255<&-; echo still
