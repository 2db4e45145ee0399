package io.plugboard.controller.service;

import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.controller.reconcile.Installed;
import java.util.Optional;

/** What a bridge should have beside what it has. Installed is empty while it is not connected. */
public record FlowListing(FlowProgram desired, Optional<Installed> installed) {}
