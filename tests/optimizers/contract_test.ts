/**
 * The contract suite over all optimizers.
 *
 * @module
 */
import { contractTests, MEMBERS } from "./contract.ts";

MEMBERS.forEach(contractTests);
