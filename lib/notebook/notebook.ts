/** What a notebook imports: effects of being in a notebook. @module */
export {};
