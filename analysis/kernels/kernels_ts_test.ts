import { kernelsSuite } from "./kernels_suite.ts";
import { kernelsTs } from "./kernels_ts.ts";

kernelsSuite(kernelsTs);
