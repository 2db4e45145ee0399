package io.plugboard.compiler.feature;

import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.MatchField;
import io.plugboard.compiler.ir.Metadata;
import io.plugboard.topology.Scope;

/** Matches the frames of a scope: a VLAN by the tag within the pipeline, a VLAN class by the metadata. */
final class ScopeMatch {
    private ScopeMatch() {}

    /** @param scope a VLAN or a class */
    static Match of(Scope scope) {
        return of(scope, 0, 0);
    }

    /** Those of them whose metadata has this value under this mask. */
    static Match of(Scope scope, long value, long mask) {
        if (scope instanceof Scope.OfVlan vlan) {
            Match inVlan = Match.any().vlan(vlan.vlan());
            return mask == 0 ? inVlan : inVlan.with(MatchField.METADATA, value, mask);
        } else if (scope instanceof Scope.OfClass ofClass) {
            return Match.any()
                    .with(MatchField.METADATA, Metadata.vlanClass(ofClass.first()) | value, Metadata.CLASS_MASK | mask);
        }
        throw new IllegalArgumentException(scope + " is neither a VLAN nor a class");
    }
}
