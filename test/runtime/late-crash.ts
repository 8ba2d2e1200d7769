/** Stands for a driver that works and brings its process down at the end. */
process.stdout.write('{"device":1,"processor":9}\n', () => process.abort());
