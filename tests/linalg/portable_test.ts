import { portableKernels } from "../../lib/linalg/portable.ts";
import { linalgContract } from "./contract.ts";
import { repeatedContract } from "./repeated_contract.ts";

linalgContract("portable", portableKernels);
repeatedContract("portable", portableKernels);
