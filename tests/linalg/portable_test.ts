import { portableKernels } from "../../lib/linalg/portable.ts";
import { linalgContract } from "./contract.ts";

linalgContract("portable", portableKernels);
