import fc from 'fast-check';

// One seed for all properties of a run, which vitest.config.ts draws and prints: with it a run can be had again.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED) });

// Servers that a test starts by their command would else get the pre-installed packages of scenarios from the network.
process.env.DATAMAKER_PREINSTALLED ??= 'false';
