/** All that pages share, as one file: see build.mjs. */
declare module "shared";
