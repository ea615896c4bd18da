/** What surrounds the service when it is installed: the image, the compose file, the chart. */
@NullMarked
package dev.leat.deploy;

import org.jspecify.annotations.NullMarked;
