/** Parts of web applications that their authors could have written: some know the filter, most do not. */
@NullMarked
package com.example.shop;

import org.jspecify.annotations.NullMarked;
