/** Scripts of Alibaba Cloud DTS, translated into ETL steps of ours. */
@NullMarked
package dev.leat.shape.dts;

import org.jspecify.annotations.NullMarked;
