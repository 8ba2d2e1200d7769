/** Stands for a driver that brings its process down. */
process.abort();
