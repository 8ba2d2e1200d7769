/** Stands for a driver that never answers. */
for (;;);
